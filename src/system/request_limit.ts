/** A slower line than this is as good as none: it takes and brings nothing large. */
export const SLOWEST_BYTES_PER_MILLISECOND = 64;

/**
 * Ends a request when its time is over or the caller aborts it. Both are
 * released when the request is done: the runtime's own time-outs hold on to the
 * request, and to the document it carried, until their time is over.
 */
export class RequestLimit implements Disposable {
  readonly #controller = new AbortController();
  readonly #called: AbortSignal | undefined;
  readonly #whole: number;
  #left: number;
  #since = 0;
  #timer = 0;

  constructor(milliseconds: number, called?: AbortSignal) {
    this.#called = called;
    this.#whole = milliseconds;
    this.#left = milliseconds;
    this.resume();
    if (called?.aborted) this.#callOff();
    else called?.addEventListener("abort", this.#callOff);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** The same for what does not end with the signal; what it comes to is dropped then. */
  async within<T>(action: Promise<T>): Promise<T> {
    const late = Promise.withResolvers<never>();
    const end = () => late.reject(this.signal.reason);
    if (this.signal.aborted) end();
    this.signal.addEventListener("abort", end);
    try {
      return await Promise.race([action, late.promise]);
    } finally {
      this.signal.removeEventListener("abort", end);
    }
  }

  /** Stops the time, while the program is busy with what has arrived. */
  pause(): void {
    clearTimeout(this.#timer);
    this.#left -= performance.now() - this.#since;
  }

  resume(): void {
    this.#since = performance.now();
    this.#timer = setTimeout(() => {
      const reason = new DOMException("Signal timed out.", "TimeoutError");
      this.#controller.abort(reason);
    }, Math.max(0, this.#left));
  }

  /** Gives more time, but never more than there was at first. */
  prolong(milliseconds: number): void {
    this.#left = Math.min(this.#whole, this.#left + milliseconds);
  }

  readonly #callOff = (): void => {
    this.#controller.abort(this.#called?.reason);
  };

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#called?.removeEventListener("abort", this.#callOff);
  }
}
