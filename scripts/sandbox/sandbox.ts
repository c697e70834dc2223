import { createAuthorizationServer } from "./authorization_server.ts";
import { answerApi } from "./api.ts";
import { createServerCertificate } from "./certificate.ts";
import { createFront, type Front, type Responder } from "./front.ts";
import { openGate } from "./gate.ts";
import { setNoDelay } from "./no_delay.ts";
import { messagePage, pageHeaders } from "./pages.ts";
import { createProvider } from "./provider.ts";
import { createProviderConfiguration } from "./provider_configuration.ts";
import { startProviderServer } from "./provider_server.ts";
import { State } from "./state.ts";
import type { Sandbox, SandboxOptions } from "./types.ts";

/** Starts a StandCloud stand-in on 127.0.0.1; it listens when the promise resolves. */
export async function startSandbox(
  options: SandboxOptions = {},
): Promise<Sandbox> {
  await using resources = new AsyncDisposableStack();
  const { caPem, certificatePem, keyPem } = await createServerCertificate();
  const caFile = options.caFile ?? await temporaryCaFile(resources);
  await Deno.writeTextFile(caFile, caPem);

  const closing = new AbortController();
  let answer: Front = () =>
    Promise.resolve(new Response(null, { status: 503 }));
  const server = Deno.serve({
    hostname: "127.0.0.1",
    port: 0,
    cert: certificatePem,
    key: keyPem,
    signal: closing.signal,
    onListen: () => {},
  }, (request, info) => answer(request, info));
  resources.defer(async () => {
    closing.abort();
    await server.finished;
  });

  const target = server.addr.port;
  await setNoDelay(target);
  const gate = openGate({ target, port: options.port ?? 0 });
  resources.use(gate);

  const state = new State(`127.0.0.1:${gate.port}`, options);
  const respond = await createResponder(state, { options, resources });
  answer = createFront(state, { respond, closing: closing.signal, gate });
  resources.defer(() => closing.abort());
  const owned = resources.move();
  return Object.assign(state, {
    caFile,
    caPem,
    connectionCount: () => gate.accepted,
    openConnectionCount: () => gate.open,
    setReachable: (reachable: boolean) => {
      gate.reachable = reachable;
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  });
}

async function createResponder(
  state: State,
  { options, resources }: {
    options: SandboxOptions;
    resources: AsyncDisposableStack;
  },
): Promise<Responder> {
  const { issuer, store } = state;
  const configuration = await createProviderConfiguration(store, {
    accessTokenSeconds: options.accessTokenSeconds ?? 3600,
    refreshTokenSeconds: options.refreshTokenSeconds ?? 5400,
  });
  const provider = createProvider(issuer, { configuration, store });
  const providerServer = await startProviderServer({ provider, state });
  resources.use(providerServer);
  const authorize = createAuthorizationServer(state, providerServer);
  return async (request, path) => {
    if (path === "/auth" || path.startsWith("/auth/")) {
      return await authorize(request, path);
    }
    return await answerApi(request, path, state) ?? notFound();
  };
}

function notFound(): Response {
  const body = messagePage(
    "Not found",
    "The sandbox has nothing at this address.",
  );
  return new Response(body, { status: 404, headers: pageHeaders });
}

async function temporaryCaFile(
  resources: AsyncDisposableStack,
): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "standcloud-sandbox-" });
  resources.defer(() => Deno.remove(folder, { recursive: true }));
  return `${folder}/ca.pem`;
}
