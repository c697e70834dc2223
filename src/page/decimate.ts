/** Indexes of the points to draw, in order; `undefined` where the line is broken. */
export type Kept = readonly (number | undefined)[];

/** What decides which points of a line can be told apart. */
export interface Decimation {
  /** Columns that the drawing has. */
  readonly columns: number;
  /** 0 to 1, or NaN where a point cannot be drawn. */
  x(index: number): number;
  y(index: number): number;
}

/**
 * Leaves out the points of a line that nobody would see. Of those that fall
 * into one column one after the other, the first, the last, the lowest and the
 * highest stay, so that no peak is lost and the line looks as it did.
 */
export function decimate(length: number, options: Decimation): Kept {
  if (length <= 4 * options.columns) return byColumn(length, options);
  const kept = byColumn(length, options);
  // A line that goes back and forth leaves a column with every point.
  return kept.length <= 8 * options.columns ? kept : byChunk(length, options);
}

function byColumn(length: number, { columns, x, y }: Decimation): Kept {
  const kept: (number | undefined)[] = [];
  const bucket = new Bucket(kept);
  let column = -1;
  for (let index = 0; index < length; index++) {
    const [at, height] = [x(index), y(index)];
    if (Number.isNaN(at) || Number.isNaN(height)) {
      bucket.breakLine();
      column = -1;
      continue;
    }
    const next = Math.floor(at * columns);
    if (next !== column) bucket.flush();
    column = next;
    bucket.add(index, at, height);
  }
  bucket.flush();
  return kept;
}

/** As many points in each bucket, whatever their place. */
function byChunk(length: number, { columns, x, y }: Decimation): Kept {
  const kept: (number | undefined)[] = [];
  const bucket = new Bucket(kept);
  const size = Math.ceil(length / columns);
  for (let index = 0; index < length; index++) {
    const [at, height] = [x(index), y(index)];
    if (index % size === 0) bucket.flush();
    if (!Number.isNaN(at) && !Number.isNaN(height)) {
      bucket.add(index, at, height);
    }
  }
  bucket.flush();
  return kept;
}

interface Extreme {
  readonly index: number;
  readonly value: number;
}

/** The points that fall together, of which the outermost are kept. */
class Bucket {
  readonly #kept: (number | undefined)[];
  #first = -1;
  #last = -1;
  #extremes: Extreme[] = [];

  constructor(kept: (number | undefined)[]) {
    this.#kept = kept;
  }

  add(index: number, x: number, y: number): void {
    if (this.#first === -1) this.#first = index;
    this.#last = index;
    // Lowest, highest, leftmost, rightmost: each as something to be exceeded.
    [-y, y, -x, x].forEach((value, side) => {
      const known = this.#extremes[side];
      if (known === undefined || value > known.value) {
        this.#extremes[side] = { index, value };
      }
    });
  }

  flush(): void {
    if (this.#first === -1) return;
    const indexes = this.#extremes.map(({ index }) => index);
    const outer = new Set([this.#first, ...indexes, this.#last]);
    this.#kept.push(...[...outer].sort((a, b) => a - b));
    this.#first = -1;
    this.#extremes = [];
  }

  breakLine(): void {
    this.flush();
    if (this.#kept.length > 0 && this.#kept.at(-1) !== undefined) {
      this.#kept.push(undefined);
    }
  }
}
