import { AppError } from "./app_error.ts";

/** Time for the last page to reach the browser before connections are cut. */
const CLOSE_MILLISECONDS = 500;

export interface LoopbackServer extends AsyncDisposable {
  readonly port: number;
}

export type RequestHandler = (request: Request) => Response | Promise<Response>;

/**
 * Serves HTTP on 127.0.0.1, and nowhere else, until disposed.
 *
 * @param ports tried in this order; 0 is any free one.
 * @throws `port_taken` when none of them is free.
 */
export function serveOnLoopback(
  handler: RequestHandler,
  ports: readonly number[] = [0],
): LoopbackServer {
  for (const port of ports) {
    try {
      return listen(handler, port);
    } catch (error) {
      if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    }
  }
  throw new AppError(
    "port_taken",
    `Port ${ports.join(", ")} on 127.0.0.1 is taken by another program`,
    { hints: ["leave out --port to use any free port"] },
  );
}

function listen(handler: RequestHandler, port: number): LoopbackServer {
  const connections = new AbortController();
  const server = Deno.serve({
    hostname: "127.0.0.1",
    port,
    signal: connections.signal,
    onListen: () => {},
    onError: () => new Response(null, { status: 500 }),
  }, handler);
  return {
    port: server.addr.port,
    async [Symbol.asyncDispose]() {
      const cut = setTimeout(() => connections.abort(), CLOSE_MILLISECONDS);
      await server.shutdown();
      clearTimeout(cut);
    },
  };
}
