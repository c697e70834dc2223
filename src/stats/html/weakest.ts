import type { MeasurementEvent } from "../events.ts";
import type { MeasurementResult } from "../statistics.ts";

/** The newest limits of each measurement; values under older ones are another story. */
export function newestLimits(
  results: readonly MeasurementResult[],
): MeasurementResult[] {
  return results.filter(({ event }) => event.limit_set === 1);
}

/** Those with an index, the lowest Ppk first. */
export function weakestFirst(
  results: readonly MeasurementResult[],
): MeasurementResult[] {
  return results.filter(({ event }) => event.ppk !== null)
    .sort((a, b) => (a.event.ppk ?? 0) - (b.event.ppk ?? 0));
}

/** Those without an index, the one with the most values outside or failed first. */
export function withoutIndex(
  results: readonly MeasurementResult[],
): MeasurementResult[] {
  return results.filter(({ event }) => event.ppk === null)
    .sort((a, b) => badOf(b.event) - badOf(a.event));
}

/** Values that were not as required. */
export function badOf({ outside, failed }: MeasurementEvent): number {
  return Math.max(outside ?? 0, failed);
}

/** Whether stands differ, or a stand drifts, by more than accident. */
export function hasSignal(
  { worst_pair: pair, drift }: MeasurementEvent,
): boolean {
  return (pair?.signal ?? false) ||
    (drift ?? []).some(({ rules }) => rules.some(({ signal }) => signal));
}
