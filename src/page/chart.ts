/** A chart of lines. Its data may be huge, and is read when it is drawn. */
export interface Chart {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly isLogX: boolean;
  readonly isLogY: boolean;
  readonly seriesCount: number;
  /** Reads one series at a time. */
  series(): Iterable<Series>;
}

/** One line of a chart. What is no number is NaN. */
export interface Series {
  readonly name: string;
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** How many values the document has; the rest of the longer one is not drawn. */
  readonly lengths: readonly [x: number, y: number];
}

/** Smallest and largest number; undefined when there is none. */
export function extent(
  values: Float64Array,
): readonly [number, number] | undefined {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : undefined;
}
