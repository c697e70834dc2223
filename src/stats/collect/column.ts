type Chunk = Float64Array | Uint32Array | Uint8Array;

const BITS = 14;
const LENGTH = 1 << BITS;

/** A growing column of numbers. It grows by chunks, so that growth copies nothing. */
export class Column {
  readonly #make: new (length: number) => Chunk;
  readonly #chunks: Chunk[] = [];
  #length = 0;

  constructor(make: new (length: number) => Chunk) {
    this.#make = make;
  }

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    const index = this.#length & (LENGTH - 1);
    if (index === 0) this.#chunks.push(new this.#make(LENGTH));
    const chunk = this.#chunks[this.#length >> BITS];
    if (chunk !== undefined) chunk[index] = value;
    this.#length++;
  }

  /** For an index that lies within the column. */
  at(index: number): number {
    return this.#chunks[index >> BITS]?.[index & (LENGTH - 1)] ?? NaN;
  }

  set(index: number, value: number): void {
    const chunk = this.#chunks[index >> BITS];
    if (chunk !== undefined) chunk[index & (LENGTH - 1)] = value;
  }
}
