import { AppError } from "./app_error.ts";

/**
 * A signal that is aborted by Ctrl-C or SIGTERM, with the `AppError` to end
 * with as its reason. Only the first Ctrl-C is caught: a second one ends the
 * process the hard way.
 */
export function interruptSignal(platform: string): AbortSignal {
  const controller = new AbortController();
  const listen = (name: Deno.Signal, error: AppError) => {
    const listener = () => {
      Deno.removeSignalListener(name, listener);
      controller.abort(error);
    };
    Deno.addSignalListener(name, listener);
  };
  listen("SIGINT", new AppError("interrupted", "Interrupted"));
  if (platform !== "windows") {
    listen("SIGTERM", new AppError("terminated", "Terminated"));
  }
  return controller.signal;
}
