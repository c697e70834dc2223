import { ExactSum, scaleFor } from "./exact_sum.ts";

/** What is known of a series of one number or more. */
export interface Summary {
  readonly n: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** With two middle values their mean. */
  readonly median: number;
  /** With n - 1; null for one value. */
  readonly stdev: number | null;
}

/** Returns undefined when there are no values. */
export function summaryOf(values: Float64Array): Summary | undefined {
  const n = values.length;
  if (n === 0) return undefined;
  const sorted = values.toSorted();
  const [min, max] = [at(sorted, 0), at(sorted, n - 1)];
  const middle = n >> 1;
  const median = n % 2 === 1
    ? at(sorted, middle)
    : middleOf(at(sorted, middle - 1), at(sorted, middle));
  // The rounding of a mean must not give equal values a spread.
  if (min === max) {
    return { n, min, max, mean: min, median, stdev: n < 2 ? null : 0 };
  }
  return { n, min, max, median, ...momentsOf(values, scaleFor(min, max)) };
}

function momentsOf(
  values: Float64Array,
  scale: number,
): { mean: number; stdev: number } {
  const n = values.length;
  const sum = new ExactSum();
  for (const value of values) sum.add(value * scale);
  const mean = sum.total / n;
  const squares = new ExactSum();
  const rest = new ExactSum();
  for (const value of values) {
    const deviation = value * scale - mean;
    squares.add(deviation * deviation);
    rest.add(deviation);
  }
  // The mean is rounded too: without it the deviations would add up to zero.
  const variance = (squares.total - rest.total ** 2 / n) / (n - 1);
  return { mean: mean / scale, stdev: Math.sqrt(variance) / scale };
}

function middleOf(low: number, high: number): number {
  const sum = low + high;
  return Number.isFinite(sum) ? sum / 2 : low / 2 + high / 2;
}

/** Divides a mean moving range of two values to make it a standard deviation (d2). */
const D2 = 1.128;

/**
 * The short-term spread: from the steps between successive values of the same stand, all
 * stands together. A difference between stands is in no step.
 *
 * @param series the values of each stand, in the order of runs.
 * @returns null when no stand has two values.
 */
export function sigmaWithin(series: readonly Float64Array[]): number | null {
  const scale = scaleFor(...extremesOf(series));
  const sum = new ExactSum();
  let count = 0;
  for (const values of series) {
    for (let index = 1; index < values.length; index++) {
      const step = at(values, index) * scale - at(values, index - 1) * scale;
      sum.add(Math.abs(step));
      count++;
    }
  }
  return count === 0 ? null : sum.total / count / D2 / scale;
}

function extremesOf(series: readonly Float64Array[]): [number, number] {
  let [min, max] = [Infinity, -Infinity];
  for (const values of series) {
    for (const value of values) {
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  return [min, max];
}

/** For an index that lies within the values. */
export function at(values: Float64Array, index: number): number {
  return values[index] ?? NaN;
}
