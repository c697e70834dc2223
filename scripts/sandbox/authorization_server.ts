import { paths, refusal } from "./authelia_rules.ts";
import { pageHeaders, signInPage } from "./pages.ts";
import { asAutheliaRedirects } from "./redirect_answer.ts";
import type { ProviderServer } from "./provider_server.ts";
import type { State } from "./state.ts";
import type { Metadata, TokenCounts } from "./types.ts";

/** Answers for the paths below `/auth`. */
export type AuthorizationServer = (
  request: Request,
  path: string,
) => Promise<Response>;

/** oidc-provider behind what makes it look like Authelia. */
export function createAuthorizationServer(
  state: State,
  server: ProviderServer,
): AuthorizationServer {
  const { forward } = server;
  // One token request at a time: of two that use the same refresh token, the second is a reuse.
  let turn: Promise<unknown> = Promise.resolve();
  return async (request, path) => {
    if (path === "/auth/" || path === "/auth") return portal();
    if (path.startsWith("/auth/.well-known/")) {
      return await metadata(request, state, forward);
    }
    if (request.method !== "POST" || !path.startsWith("/auth/api/oidc/")) {
      return asAutheliaRedirects(await forward(request), state.store);
    }
    if (path !== paths.token) {
      return await formRequest(request, { path, state, forward });
    }
    const answer = turn.then(() =>
      formRequest(request, { path, state, forward })
    );
    turn = answer.catch(() => {});
    return await answer;
  };
}

/** The page that forward-auth sends a browser to. */
function portal(): Response {
  return new Response(signInPage({ action: "/auth/" }), {
    headers: pageHeaders,
  });
}

type Forward = ProviderServer["forward"];

async function metadata(
  request: Request,
  state: State,
  forward: Forward,
): Promise<Response> {
  if (new URL(request.url).host !== state.address) {
    return Response.json({ status: "KO", message: "Bad Request" }, {
      status: 400,
    });
  }
  const answer = await forward(request);
  if (!state.discovery || answer.status !== 200) {
    await answer.body?.cancel();
    return Response.json({ status: "KO", message: "Not Found" }, {
      status: 404,
    });
  }
  const document: Metadata = await answer.json();
  // Authelia does not list the bearer scope.
  document["scopes_supported"] = ["openid", "offline_access"];
  // These say what the server can do, not what this client must do.
  document["require_pushed_authorization_requests"] = false;
  document["introspection_endpoint"] = `${state.issuer}/api/oidc/introspection`;
  return Response.json(state.metadata?.(document) ?? document);
}

async function formRequest(
  request: Request,
  { path, state, forward }: { path: string; state: State; forward: Forward },
): Promise<Response> {
  const form = new URLSearchParams(await request.text());
  const refused = refusal(path, form, state);
  if (refused) return refuse(refused, path, state);
  if (path === paths.pushedAuthorizationRequest) state.pushedRequests.add(form);
  if (
    path === paths.pushedAuthorizationRequest ||
    path === paths.deviceAuthorization
  ) {
    // oidc-provider drops offline_access without it (OpenID Connect Core, section 11).
    form.set("prompt", "consent");
  }
  if (
    path === paths.pushedAuthorizationRequest && !form.has("response_mode") &&
    state.responseMode !== "query"
  ) {
    form.set("response_mode", state.responseMode);
  }
  const answer = await forward(request, form);
  count(path, {
    grantType: form.get("grant_type"),
    ok: answer.ok,
    counts: state.counts,
  });
  if (answer.ok) return await asAuthelia(path, { answer, state });
  switch (form.get("grant_type")) {
    case "refresh_token":
      return await asAutheliaEnds(answer);
    case deviceGrant:
      return state.deviceErrors === "authelia"
        ? await asAutheliaRefuses(answer)
        : answer;
  }
  return answer;
}

/** As long as what Authelia says of a refresh token that it does not take. */
const endedText =
  "This refresh token is of no use to the client that presents it: it does not exist, its time is over, it was used before, " +
  "somebody has revoked it, or the server has issued it to another client or for another redirect address than this one.";

async function asAutheliaEnds(answer: Response): Promise<Response> {
  const body = await answer.json();
  const text = body.error === "invalid_grant" && {
    "error_description": endedText,
  };
  return Response.json({ ...body, ...text }, {
    status: answer.status,
    headers: noStore,
  });
}

const deviceGrant = "urn:ietf:params:oauth:grant-type:device_code";

/** Authelia's errors for device codes that were denied, used, are unknown, or have expired. */
async function asAutheliaRefuses(answer: Response): Promise<Response> {
  const body = await answer.json();
  const changes: Record<string, [status: number, error: string]> = {
    "expired_token": [400, "authorization_pending"],
    "access_denied": [500, "server_error"],
    "invalid_grant": [500, "server_error"],
  };
  const [status, error] = changes[body.error] ?? [answer.status, body.error];
  return Response.json({ ...body, error }, { status, headers: noStore });
}

const noStore = { "cache-control": "no-store", pragma: "no-cache" };

function refuse(body: object, path: string, state: State): Response {
  count(path, { grantType: null, ok: false, counts: state.counts });
  return Response.json(body, { status: 400, headers: noStore });
}

/** Changes the fields in which Authelia's answer differs. */
async function asAuthelia(
  path: string,
  { answer, state }: { answer: Response; state: State },
): Promise<Response> {
  const changes: Record<string, Metadata> = {
    [paths.pushedAuthorizationRequest]: {
      "expires_in": state.pushedRequests.lifeSeconds,
    },
    [paths.deviceAuthorization]: {
      // A second of the 600 is gone when Authelia answers.
      "expires_in": 599,
      interval: state.deviceIntervalSeconds,
    },
    [paths.token]: { "token_type": "bearer" },
  };
  const change = changes[path];
  if (change === undefined) return answer;
  const headers = new Headers(answer.headers);
  headers.delete("content-length");
  return Response.json({ ...await answer.json(), ...change }, {
    status: answer.status,
    headers,
  });
}

const grantCounts: Record<string, keyof TokenCounts> = {
  "authorization_code": "codeGrants",
  "refresh_token": "refreshGrants",
  [deviceGrant]: "deviceGrants",
};

function count(
  path: string,
  { grantType, ok, counts }: {
    grantType: string | null;
    ok: boolean;
    counts: TokenCounts;
  },
): void {
  if (path === paths.token) {
    const name = ok ? grantCounts[grantType ?? ""] : "refusedTokenRequests";
    if (name) counts[name]++;
  } else if (ok && path === paths.pushedAuthorizationRequest) {
    counts.pushedAuthorizationRequests++;
  } else if (ok && path === paths.revocation) counts.revocations++;
}
