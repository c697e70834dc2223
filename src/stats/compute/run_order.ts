import type { RunTable } from "../collect/run_table.ts";
import { compareTexts } from "../collect/texts.ts";

/** All runs by start, stop, stand, serial number, and order of reading; missing first. */
export interface RunOrder {
  /** The numbers of the runs, in this order. */
  readonly runs: Uint32Array;
  /** The place of each run in this order. */
  readonly places: Uint32Array;
}

export function runOrder(table: RunTable): RunOrder {
  const { length } = table;
  const starts = Float64Array.from({ length }, (_, run) => table.startOf(run));
  const stops = Float64Array.from({ length }, (_, run) => table.stopOf(run));
  const compareAll = (a: number, b: number) =>
    compareNumbers(starts[a], starts[b]) ||
    compareNumbers(stops[a], stops[b]) ||
    compareTexts(table.textOf(a, "stand"), table.textOf(b, "stand")) ||
    compareTexts(
      table.textOf(a, "serialNumber"),
      table.textOf(b, "serialNumber"),
    ) || a - b;
  const runs = Uint32Array.from({ length }, (_, run) => run).sort(compareAll);
  const places = new Uint32Array(length);
  runs.forEach((run, place) => {
    places[run] = place;
  });
  return { runs, places };
}

function compareNumbers(a = NaN, b = NaN): number {
  const [isMissing, isOtherMissing] = [Number.isNaN(a), Number.isNaN(b)];
  if (isMissing || isOtherMissing) {
    return Number(isOtherMissing) - Number(isMissing);
  }
  return a - b;
}
