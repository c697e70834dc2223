import { AppError } from "./app_error.ts";

/** Time for the last page to reach the browser before connections are cut. */
const CLOSE_MILLISECONDS = 500;

const LEAVE_MILLISECONDS = 50;

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
      const isTaken = error instanceof Deno.errors.AddrInUse ||
        error instanceof Deno.errors.PermissionDenied;
      if (!isTaken) throw error;
    }
  }
  throw new AppError(
    "port_taken",
    `Port ${ports.join(", ")} on 127.0.0.1 is taken, or not allowed`,
    { hints: ["leave out --port to use any free port"] },
  );
}

function listen(handler: RequestHandler, port: number): LoopbackServer {
  const connections = new AbortController();
  const answers = new Set<Promise<void>>();
  const server = Deno.serve({
    hostname: "127.0.0.1",
    port,
    signal: connections.signal,
    onListen: () => {},
    onError: () => new Response(null, { status: 500 }),
  }, (request, { completed }) => {
    const answered = completed.catch(() => {})
      .finally(() => answers.delete(answered));
    answers.add(answered);
    return handler(request);
  });
  return {
    port: server.addr.port,
    async [Symbol.asyncDispose]() {
      await allWithin(CLOSE_MILLISECONDS, [...answers]);
      // An answer counts as complete a little before its bytes have left.
      await new Promise((resolve) => setTimeout(resolve, LEAVE_MILLISECONDS));
      connections.abort();
      await server.finished;
    },
  };
}

async function allWithin(
  milliseconds: number,
  promises: readonly Promise<void>[],
): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  await Promise.race([Promise.all(promises), late]);
  clearTimeout(timer);
}
