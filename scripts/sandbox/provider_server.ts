import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { forward } from "./forward.ts";
import { handleInteraction, type InteractionServices } from "./interactions.ts";
import { interactionPath } from "./provider_configuration.ts";

/** A plain HTTP server on loopback that only the sandbox's own TLS server talks to. */
export interface ProviderServer extends AsyncDisposable {
  /** Sends a request to it; the form takes the place of a body that was read already. */
  forward(request: Request, form?: URLSearchParams): Promise<Response>;
}

/** Starts oidc-provider and its pages; it needs Node's request objects, `Deno.serve` has none. */
export async function startProviderServer(
  services: InteractionServices,
): Promise<ProviderServer> {
  const callback = services.provider.callback();
  const server = createServer((request, response) => {
    const url = request.url ?? "";
    if (url.startsWith(interactionPath)) {
      return handleInteraction(request, response, services);
    }
    // As a framework does that mounts oidc-provider below a path (its documentation, "Mounting").
    Object.assign(request, { originalUrl: url });
    request.url = url.slice("/auth".length);
    return callback(request, response);
  });
  const port = await listen(server);
  return {
    forward: async (request, form) => {
      const hasBody = request.method !== "GET" && request.method !== "HEAD";
      const body = form?.toString() ?? (hasBody ? await request.text() : "");
      return await forward(request, { port, body });
    },
    [Symbol.asyncDispose]: () => close(server),
  };
}

function listen(server: Server): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  server.once("error", reject);
  server.listen(
    0,
    "127.0.0.1",
    () => resolve((server.address() as AddressInfo).port),
  );
  return promise;
}

function close(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  server.closeAllConnections();
  return promise;
}
