import type { Collector } from "../collect/collector.ts";
import {
  LEFT_OUT,
  type LeftOut,
  RUN_STATUSES,
  type StatsEvent,
  type StatusCounts,
} from "../events.ts";
import { utcText } from "../times.ts";
import { isDecided, pairKey, type Unit } from "./units.ts";

interface Totals {
  /** The runs that fit the filters. */
  readonly fitting: Uint32Array;
  readonly units: readonly Unit[];
  readonly measurements: number;
  readonly sampleRuns: number;
  readonly seconds: number;
}

/** The last event. */
export function statsEvent(
  { documents, bytes, copies, leftOut, options, runs }: Collector,
  { fitting, units, measurements, sampleRuns, seconds }: Totals,
): StatsEvent {
  const statuses = Object.fromEntries(
    RUN_STATUSES.map((status) => [status, 0]),
  ) as Record<keyof StatusCounts, number>;
  const ids = {
    partNumber: new Set<number>(),
    process: new Set<number>(),
    stand: new Set<number>(),
  };
  let [first, last] = [Infinity, -Infinity];
  for (const run of fitting) {
    statuses[runs.statusOf(run)]++;
    for (const name of ["partNumber", "process", "stand"] as const) {
      ids[name].add(runs.idOf(run, name));
    }
    first = Math.min(runs.timeOf(run), first);
    last = Math.max(runs.timeOf(run), last);
  }
  // A missing text has the number 0.
  Object.values(ids).forEach((set) => set.delete(0));
  const devices = units.filter(isDecided).map(({ runs: [run = 0] }) =>
    pairKey(runs.idOf(run, "partNumber"), runs.idOf(run, "serialNumber"))
  );
  return {
    event: "stats",
    documents,
    copies: copies.count,
    runs: fitting.length,
    ...statuses,
    "left_out": Object.fromEntries(
      LEFT_OUT.map((why) => [why, leftOut[why].count]),
    ) as Record<LeftOut, number>,
    units: new Set(devices).size,
    "part_numbers": ids.partNumber.size,
    processes: ids.process.size,
    stands: ids.stand.size,
    measurements,
    sample: options.allAttempts ? "all_attempts" : "first_attempts",
    "sample_runs": sampleRuns,
    "first_time": utcText(first * 1000),
    "last_time": utcText(last * 1000),
    bytes,
    seconds,
  };
}
