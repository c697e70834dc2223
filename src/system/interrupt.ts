import { AppError, type ErrorCode } from "./app_error.ts";

/** What the operating system sends, and the error to end with. */
const SIGNALS: readonly [Deno.Signal, ErrorCode, string][] = [
  ["SIGINT", "interrupted", "Interrupted"],
  ["SIGTERM", "terminated", "Terminated"],
  // Of Windows: a console window that is closed.
  ["SIGHUP", "hung_up", "The terminal was closed"],
];

/**
 * A signal that is aborted by Ctrl-C, SIGTERM or SIGHUP, with the `AppError` to
 * end with as its reason. Only the first of each is caught: a second one ends
 * the process the hard way. The runtime does not show whether SIGHUP was ignored
 * before, so `nohup` does not keep the program alive.
 */
export function interruptSignal(platform: string): AbortSignal {
  const controller = new AbortController();
  for (const [name, code, message] of SIGNALS) {
    if (platform === "windows" && name === "SIGTERM") continue;
    listen(name, () => controller.abort(new AppError(code, message)));
  }
  return controller.signal;
}

function listen(name: Deno.Signal, abort: () => void): void {
  const listener = () => {
    Deno.removeSignalListener(name, listener);
    abort();
  };
  Deno.addSignalListener(name, listener);
}
