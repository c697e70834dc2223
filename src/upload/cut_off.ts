import type { System } from "../system/system.ts";

/** Who presses Ctrl-C is to have the shell back within two seconds. */
const GRACE_MILLISECONDS = 1000;

/**
 * Ends the requests that are still under way a moment after Ctrl-C. Most are
 * answered by then; of the others the ledger says that nobody knows, and the
 * next upload looks first.
 */
export class CutOff implements Disposable {
  readonly #requests = new AbortController();
  readonly #over = new AbortController();
  readonly #system: System;

  constructor(system: System) {
    this.#system = system;
    system.interrupted.addEventListener("abort", this.#begin);
  }

  /** Ends the requests, with the reason of the interruption. */
  get signal(): AbortSignal {
    return this.#requests.signal;
  }

  readonly #begin = async (): Promise<void> => {
    const { clock, interrupted } = this.#system;
    await clock.sleep(GRACE_MILLISECONDS, this.#over.signal);
    this.#requests.abort(interrupted.reason);
  };

  [Symbol.dispose](): void {
    this.#system.interrupted.removeEventListener("abort", this.#begin);
    this.#over.abort();
  }
}
