/** RFC 8628 section 3.5: what `slow_down` adds, for good. */
const SLOW_DOWN_SECONDS = 5;
/**
 * How much longer we wait once the server has said `slow_down`: a stand whose
 * clock runs fast would else be too early each time.
 */
const FAST_CLOCK = 1.5;
const LONGEST_BACKOFF_SECONDS = 60;

/** How long to wait before the next poll of the token endpoint. */
export class PollPace {
  #seconds: number;
  #clockFactor = 1;
  #failures = 0;

  /** @param seconds the `interval` of the device authorization. */
  constructor(seconds: number) {
    this.#seconds = seconds;
  }

  get milliseconds(): number {
    const pause = this.#seconds * this.#clockFactor;
    const backoff = Math.max(
      pause,
      Math.min(pause * 2 ** this.#failures, LONGEST_BACKOFF_SECONDS),
    );
    return backoff * 1000;
  }

  slowDown(): void {
    this.#seconds += SLOW_DOWN_SECONDS;
    this.#clockFactor = FAST_CLOCK;
    this.#failures = 0;
  }

  /** The server answered. */
  answered(): void {
    this.#failures = 0;
  }

  /** No answer: each time in a row doubles the pause. */
  failed(): void {
    this.#failures++;
  }
}
