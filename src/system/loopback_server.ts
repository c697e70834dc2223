import { AppError } from "./app_error.ts";

/** Time for the last page to reach the browser before connections are cut. */
const CLOSE_MILLISECONDS = 500;

const LEAVE_MILLISECONDS = 50;

const WATCH_MILLISECONDS = 500;

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
      if (!isTaken(error)) throw error;
    }
  }
  throw new AppError(
    "port_taken",
    `Port ${ports.join(", ")} on 127.0.0.1 is taken, or not allowed`,
    { hints: ["leave out --port to use any free port"] },
  );
}

function isTaken(error: unknown): boolean {
  return error instanceof Deno.errors.AddrInUse ||
    error instanceof Deno.errors.PermissionDenied;
}

function listen(handler: RequestHandler, port: number): LoopbackServer {
  let listener = startListener(handler, port);
  const { port: own } = listener;
  // Where the process may open no more files the runtime stops to listen and
  // says so to nobody. As long as the port is taken, we are still there.
  const watch = setInterval(() => {
    const next = takeOver(listener, () => startListener(handler, own));
    if (next !== undefined) listener = next;
  }, WATCH_MILLISECONDS);
  return {
    port: own,
    async [Symbol.asyncDispose]() {
      clearInterval(watch);
      await settledWithin(CLOSE_MILLISECONDS, [...listener.answers]);
      // An answer counts as complete a little before its bytes have left.
      await new Promise((resolve) => setTimeout(resolve, LEAVE_MILLISECONDS));
      listener.cut();
      await listener.finished;
    },
  };
}

/** The next listener, when the port was free or the last one has no room to work. */
function takeOver(last: Listener, start: () => Listener): Listener | undefined {
  try {
    const next = start();
    last.cut();
    return next;
  } catch (error) {
    // Whoever holds all the files open lets go of them.
    if (!isTaken(error)) last.cut();
    return undefined;
  }
}

interface Listener {
  readonly port: number;
  /** Those under way. */
  readonly answers: ReadonlySet<Promise<void>>;
  /** When it and its connections have ended; never rejects. */
  readonly finished: Promise<void>;
  /** Ends it and all of its connections. */
  cut(): void;
}

function startListener(handler: RequestHandler, port: number): Listener {
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
    answers,
    finished: server.finished.catch(() => {}),
    cut: () => connections.abort(),
  };
}

/** Waits until all the promises are fulfilled, but no longer than this. */
export async function settledWithin(
  milliseconds: number,
  promises: readonly Promise<void>[],
): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  await Promise.race([Promise.all(promises), late]);
  clearTimeout(timer);
}
