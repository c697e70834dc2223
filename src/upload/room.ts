import type { Concurrency } from "./concurrency.ts";

/** The place of one document in memory; given back when disposed. */
export interface Seat extends Disposable {
  /** Tells how large the document turned out to be. */
  hold(bytes: number): void;
}

/**
 * Documents in memory: as many as the limit says when one wants to come in, and
 * no other beside a large one.
 */
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

/** Documents in memory: while some are sent, others get ready for each request, and a few more. */
const DOCUMENTS_PER_REQUEST = 3;
const MORE_DOCUMENTS = 12;
const ROOM_BYTES = 64 * 1024 * 1024;

/** As large as so many requests at once need it. */
export function roomFor(concurrency: Concurrency): Room {
  return new Room({
    get documents() {
      return concurrency.limit * DOCUMENTS_PER_REQUEST + MORE_DOCUMENTS;
    },
    bytes: ROOM_BYTES,
  });
}
