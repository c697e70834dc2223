/** Lets so many tasks in at once; the others wait in line. */
export class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /** How many tasks wait in line. */
  get waiting(): number {
    return this.#waiting.length;
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

/** The place of one document in memory; given back when disposed. */
export interface Seat extends Disposable {
  /** Tells how large the document turned out to be. */
  hold(bytes: number): void;
}

/** Documents in memory: so many at most, and while a large one is there no other comes in. */
export class Room {
  readonly #limit: { readonly documents: number; readonly bytes: number };
  readonly #waiting: (() => void)[] = [];
  #documents = 0;
  #bytes = 0;

  constructor(limit: { documents: number; bytes: number }) {
    this.#limit = limit;
  }

  async enter(): Promise<Seat> {
    if (this.#waiting.length > 0 || !this.#hasRoom) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else this.#documents++;
    return this.#seat();
  }

  get #hasRoom(): boolean {
    return this.#documents < this.#limit.documents &&
      this.#bytes < this.#limit.bytes;
  }

  #seat(): Seat {
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
        this.#documents--;
        this.#bytes -= held;
        this.#admit();
      },
    };
  }

  #admit(): void {
    while (this.#hasRoom) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#documents++;
      next();
    }
  }
}
