import type { MeasurementSeries } from "../statistics.ts";
import type { DriftSignal } from "./signals.ts";

/** Where a row of points begins and ends, as indexes of the whole series. */
export interface DriftRow {
  readonly from: number;
  readonly to: number;
}

/** The longest row that a signal speaks of; undefined for one that is about single points. */
export function driftRow(
  { drift, rule }: DriftSignal,
  series: MeasurementSeries,
): DriftRow | undefined {
  const { longest } = rule;
  if (rule.rule === "beyond_3_sigma" || !longest) return undefined;
  const stand = series.standNames.indexOf(drift.stand);
  const own: number[] = [];
  series.stands.forEach((one, index) => {
    if (one === stand) own.push(index);
  });
  const value = (index: number) => series.values[own[index] ?? -1] ?? NaN;
  const isInRow = (index: number, from: number) => {
    switch (rule.longest_side) {
      case "above":
        return value(index) > drift.centre;
      case "below":
        return value(index) < drift.centre;
      case "up":
        return index === from || value(index) > value(index - 1);
      default:
        return index === from || value(index) < value(index - 1);
    }
  };
  // The longest row is the first one that is so long.
  const from = own.findIndex((_, index) =>
    index + longest <= own.length &&
    Array.from({ length: longest }, (_, step) => index + step)
      .every((place) => isInRow(place, index))
  );
  return from === -1
    ? undefined
    : { from: own[from] ?? 0, to: own[from + longest - 1] ?? 0 };
}
