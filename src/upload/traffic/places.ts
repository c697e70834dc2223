import type { Clock } from "../../system/clock.ts";
import type { Concurrency } from "./concurrency.ts";

/** Lets callers in as long as there is a place for one more; the others wait in line. */
class Line {
  readonly #isFree: (taken: number) => boolean;
  readonly #waiting: (() => void)[] = [];
  #taken = 0;

  constructor(isFree: (taken: number) => boolean) {
    this.#isFree = isFree;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Undefined when the caller is in already. */
  enter(): Promise<void> | undefined {
    if (this.waiting > 0 || !this.#isFree(this.#taken)) {
      return new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#taken++;
    return undefined;
  }

  /** The number of places may have grown, or fallen. */
  leave(): void {
    this.#taken--;
    while (this.#isFree(this.#taken)) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#taken++;
      next();
    }
  }
}

/** Places for requests that are under way. */
export class Slots {
  readonly #clock: Clock;
  readonly #concurrency: Concurrency;
  readonly #line: Line;

  constructor(clock: Clock, concurrency: Concurrency) {
    this.#clock = clock;
    this.#concurrency = concurrency;
    this.#line = new Line((taken) => taken < concurrency.limit);
  }

  /** How many requests wait in line. */
  get waiting(): number {
    return this.#line.waiting;
  }

  /** @param isCrowded whether the answer says that too many are under way. */
  async use<T>(
    request: () => Promise<T>,
    isCrowded: (answer: T) => boolean,
  ): Promise<T> {
    const turn = this.#line.enter();
    if (turn !== undefined) await turn;
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
      this.#line.leave();
    }
  }
}

/** The place of one document in memory; given back when disposed. */
export interface Seat extends Disposable {
  /** Tells how large the document turned out to be. */
  hold(bytes: number): void;
}

/** Places for documents in memory. No other document gets in beside a large one. */
export class Room {
  readonly #line: Line;
  #bytes = 0;

  constructor(limit: { readonly documents: number; readonly bytes: number }) {
    this.#line = new Line((documents) =>
      documents < limit.documents && this.#bytes < limit.bytes
    );
  }

  async enter(): Promise<Seat> {
    await this.#line.enter();
    let held = 0;
    let isTaken = true;
    return {
      hold: (bytes) => {
        held += bytes;
        this.#bytes += bytes;
      },
      [Symbol.dispose]: () => {
        if (!isTaken) return;
        isTaken = false;
        this.#bytes -= held;
        this.#line.leave();
      },
    };
  }
}
