import type { System } from "../../system/system.ts";

/** A person who presses Ctrl-C gets the shell back within two seconds. */
const GRACE_MILLISECONDS = 1000;

/**
 * Ends the requests that are still under way a moment after Ctrl-C. Most are
 * answered by then. The outcome of the others is unknown: the ledger says so,
 * and the next upload looks first.
 */
export class CutOff implements Disposable {
  readonly #requests = new AbortController();
  readonly #over = new AbortController();

  constructor({ clock, interrupted }: System) {
    const begin = async () => {
      await clock.sleep(GRACE_MILLISECONDS, this.#over.signal);
      this.#requests.abort(interrupted.reason);
    };
    const signal = this.#over.signal;
    interrupted.addEventListener("abort", begin, { signal });
  }

  /** Ends the requests, with the reason of the interruption. */
  get signal(): AbortSignal {
    return this.#requests.signal;
  }

  [Symbol.dispose](): void {
    this.#over.abort();
  }
}
