import { widened } from "../../page/scale.ts";
import { type Bounds, boundsOf } from "../limits.ts";
import type { MeasurementResult } from "../statistics.ts";

/** What part of the numbers a drawing shows: its ends, and which values lie beyond them. */
export interface Span {
  readonly low: number;
  readonly high: number;
  readonly bounds: Bounds;
}

/** A limit so many times as far away as the values are wide would press them flat. */
const FAR = 4;
const ROOM = 0.08;

/**
 * From the lowest to the highest of values and limits; but far limits are left
 * out, and so are values that lie further outside than the limits, or six sigma, are wide.
 */
export function spanOf(
  { event }: MeasurementResult,
  values: Float64Array,
): Span | undefined {
  const bounds = event.limits === null
    ? { lower: null, upper: null }
    : boundsOf(event.limits);
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return undefined;
  const { lower, upper } = bounds;
  const sigma = event.sigma_within ?? event.stdev ?? 0;
  if (sigma > 0 && event.mean !== null) {
    const width = lower !== null && upper !== null && lower < upper
      ? Math.max(upper - lower, 6 * sigma)
      : 12 * sigma;
    low = Math.max(low, Math.min(lower ?? Infinity, event.mean) - width);
    high = Math.min(high, Math.max(upper ?? -Infinity, event.mean) + width);
  }
  const far = FAR * (high - low);
  const near = [lower, upper].filter((limit) =>
    limit !== null && limit >= low - far && limit <= high + far
  ) as number[];
  low = Math.min(low, ...near);
  high = Math.max(high, ...near);
  [low, high] = widened([low, high], { isLog: false, share: ROOM });
  return { low, high, bounds };
}

/** Whether a number lies within what is drawn. */
export function isDrawn(
  value: number | null,
  { low, high }: Span,
): value is number {
  return value !== null && value >= low && value <= high;
}
