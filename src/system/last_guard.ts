/**
 * Has `end` called for an error that no other code has met: a rejected promise,
 * or an error of a callback. Without it the runtime prints such an error with
 * all that it holds.
 */
export function onUncaught(end: (error: unknown) => void): void {
  addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    end(event.reason);
  });
  addEventListener("error", (event) => {
    event.preventDefault();
    end(event.error);
  });
}

/** Writes where nothing of the program may work any more; what cannot be written is lost. */
export function lastWrite(stream: "stdout" | "stderr", text: string): void {
  try {
    Deno[stream].writeSync(new TextEncoder().encode(text));
  } catch {
    // The exit code still tells.
  }
}
