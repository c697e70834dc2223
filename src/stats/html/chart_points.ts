import type { Point } from "../../page/marks.ts";
import type { MeasurementSeries } from "../statistics.ts";

/** So many points are all drawn. */
const ALL = 800;
/** Of more, the lowest and the highest of each column and mark stay. */
const EXTREMES = 1200;
/** So many points outside are all drawn; of more, one of those that cover each other. */
const OUTSIDE = 4000;
/** Points that are closer cover each other. */
const SPOT = 6;

export interface ChartPoints {
  /** Indexes of the values that are drawn, in order. */
  readonly indexes: readonly number[];
  /** Values inside that are not drawn. */
  readonly left: number;
  /** Values outside that are not drawn, since one that is drawn covers them. */
  readonly covered: number;
}

/**
 * Which values of a series a chart draws: of many the outermost of each column,
 * and those outside.
 *
 * @param markOf the mark of a value: each has its own outermost points.
 * @param pointOf where a value is drawn.
 */
export function chartPoints(
  { values, outside }: Pick<MeasurementSeries, "values" | "outside">,
  { markOf, pointOf }: {
    markOf: (index: number) => number;
    pointOf: (index: number) => Point;
  },
): ChartPoints {
  const { length } = values;
  if (length <= ALL) {
    const indexes = Array.from(values, (_, index) => index);
    return { indexes, left: 0, covered: 0 };
  }
  const kept = extremes(values, markOf);
  const isCrowded = outside.reduce((sum, one) => sum + one, 0) > OUTSIDE;
  const spots = new Set<number>();
  let [left, covered] = [0, 0];
  for (let index = 0; index < length; index++) {
    if (kept.has(index)) continue;
    const spot = outside[index] && isCrowded ? spotOf(pointOf(index)) : NaN;
    if (!outside[index]) left++;
    else if (spots.has(spot)) covered++;
    else {
      if (isCrowded) spots.add(spot);
      kept.add(index);
    }
  }
  return { indexes: [...kept].sort((a, b) => a - b), left, covered };
}

function spotOf({ x, y }: Point): number {
  return Math.floor(x / SPOT) * 4096 + Math.floor(y / SPOT);
}

function extremes(
  values: Float64Array,
  markOf: (index: number) => number,
): Set<number> {
  const marks = new Set(Array.from(values, (_, index) => markOf(index)));
  const columns = Math.ceil(EXTREMES / 2 / marks.size);
  const lowest = new Map<number, number>();
  const highest = new Map<number, number>();
  values.forEach((value, index) => {
    const column = Math.floor(index * columns / values.length);
    const cell = markOf(index) * (columns + 1) + column;
    if (value < (values[lowest.get(cell) ?? -1] ?? Infinity)) {
      lowest.set(cell, index);
    }
    if (value > (values[highest.get(cell) ?? -1] ?? -Infinity)) {
      highest.set(cell, index);
    }
  });
  return new Set([...lowest.values(), ...highest.values()]);
}
