import type { Clock } from "../system/clock.ts";
import type { Concurrency } from "./concurrency.ts";

/** Lets as many requests in as may be under way; the others wait in line. */
export class Slots {
  readonly #clock: Clock;
  readonly #concurrency: Concurrency;
  readonly #waiting: (() => void)[] = [];
  #taken = 0;

  constructor(clock: Clock, concurrency: Concurrency) {
    this.#clock = clock;
    this.#concurrency = concurrency;
  }

  /** How many requests wait in line. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** @param isCrowded whether the answer says that too many are under way. */
  async use<T>(
    request: () => Promise<T>,
    isCrowded: (answer: T) => boolean,
  ): Promise<T> {
    if (this.#isFree) this.#taken++;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      const startedAt = this.#clock.monotonic();
      const answer = await request();
      this.#concurrency.ended({
        startedAt,
        endedAt: this.#clock.monotonic(),
        isCrowded: isCrowded(answer),
        isWanted: this.waiting > 0,
      });
      return answer;
    } finally {
      this.#taken--;
      this.#admit();
    }
  }

  get #isFree(): boolean {
    return this.#taken < this.#concurrency.limit;
  }

  /** The limit may have grown, or fallen. */
  #admit(): void {
    while (this.#isFree) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#taken++;
      next();
    }
  }
}
