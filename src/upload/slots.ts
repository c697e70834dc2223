/** Lets so many tasks in at once; the others wait in line. */
export class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  async use<T>(task: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await task();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free++;
      else next();
    }
  }
}

/** Documents in memory: so many at most, and a large one on its own. */
export class Room {
  #documents = 0;
  #bytes = 0;
  #waiting: (() => void)[] = [];
  readonly #limit: { readonly documents: number; readonly bytes: number };

  constructor(limit: { documents: number; bytes: number }) {
    this.#limit = limit;
  }

  /** Resolves when there is room for one more, whose size nobody knows yet. */
  async available(): Promise<void> {
    while (
      this.#documents >= this.#limit.documents ||
      this.#bytes >= this.#limit.bytes
    ) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  take(bytes: number): void {
    this.#documents++;
    this.#bytes += bytes;
  }

  giveBack(bytes: number): void {
    this.#documents--;
    this.#bytes -= bytes;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }
}
