/**
 * Ends a request when its time is over or somebody has called it off. Both are
 * let go of when the request is done: the runtime's own time-outs hold on to it,
 * and to the document it carried, until their time is over.
 */
export class RequestLimit implements Disposable {
  readonly #controller = new AbortController();
  readonly #called: AbortSignal | undefined;
  readonly #timer: number;

  constructor(milliseconds: number, called?: AbortSignal) {
    this.#called = called;
    this.#timer = setTimeout(() => {
      const reason = new DOMException("Signal timed out.", "TimeoutError");
      this.#controller.abort(reason);
    }, milliseconds);
    if (called?.aborted) this.#callOff();
    else called?.addEventListener("abort", this.#callOff);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  readonly #callOff = (): void => {
    this.#controller.abort(this.#called?.reason);
  };

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#called?.removeEventListener("abort", this.#callOff);
  }
}
