import type { MeasurementSeries } from "../statistics.ts";

/** So many points are all drawn. */
const ALL = 800;
/** Of more, the lowest and the highest of each column and mark stay. */
const EXTREMES = 800;
/** More points outside than this would make the page too large. */
const OUTSIDE = 6000;

export interface ChartPoints {
  /** Indexes of the values that are drawn, in order. */
  readonly indexes: readonly number[];
  /** Values that no drawn point stands for. */
  readonly left: number;
}

/**
 * Which values of a series a chart draws: of many the outermost of each column,
 * and every one outside; of those outside on one place, the first.
 *
 * @param markOf the mark of a value: each has its own outermost points.
 * @param placeOf where a value is drawn.
 */
export function chartPoints(
  series: MeasurementSeries,
  { markOf, placeOf }: {
    markOf: (index: number) => number;
    placeOf: (index: number) => string;
  },
): ChartPoints {
  const { values, outside } = series;
  const { length } = values;
  if (length <= ALL) {
    return { indexes: Array.from(values, (_, index) => index), left: 0 };
  }
  const kept = extremes(values, markOf);
  const places = new Set<string>();
  let left = 0;
  for (let index = 0; index < length; index++) {
    if (kept.has(index)) continue;
    const place = outside[index] ? placeOf(index) : undefined;
    if (place !== undefined && places.has(place)) continue;
    if (place === undefined || places.size === OUTSIDE) left++;
    else {
      places.add(place);
      kept.add(index);
    }
  }
  return { indexes: [...kept].sort((a, b) => a - b), left };
}

function extremes(
  values: Float64Array,
  markOf: (index: number) => number,
): Set<number> {
  const marks = new Set(Array.from(values, (_, index) => markOf(index)));
  const columns = Math.ceil(EXTREMES / 2 / marks.size);
  const lowest = new Map<string, number>();
  const highest = new Map<string, number>();
  values.forEach((value, index) => {
    const column = Math.floor(index * columns / values.length);
    const cell = `${markOf(index)} ${column}`;
    if (value < (values[lowest.get(cell) ?? -1] ?? Infinity)) {
      lowest.set(cell, index);
    }
    if (value > (values[highest.get(cell) ?? -1] ?? -Infinity)) {
      highest.set(cell, index);
    }
  });
  return new Set([...lowest.values(), ...highest.values()]);
}
