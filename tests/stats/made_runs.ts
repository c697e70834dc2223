import {
  type CollectOptions,
  Collector,
} from "../../src/stats/collect/collector.ts";
import {
  type ComputeOptions,
  computeStatistics,
} from "../../src/stats/compute/statistics.ts";
import { type Filters, RunFilter } from "../../src/stats/filters.ts";
import { LocalDays } from "../../src/stats/local_days.ts";
import type { Statistics } from "../../src/stats/statistics.ts";

export type Made = Record<string, unknown>;

/** What a test wants to be special about a run. */
export interface RunParts {
  readonly serial?: string | null;
  readonly part?: string | null;
  readonly process?: string | null;
  readonly stand?: string | null;
  readonly hardwareId?: string | null;
  readonly status?: string;
  /** In seconds after 2026-03-02T06:00:00Z. */
  readonly at?: number | null;
  readonly stop?: number | null;
  readonly cases?: Record<string, Made>;
  readonly more?: Made;
}

export const START = Date.UTC(2026, 2, 2, 6) / 1000;

/** A run document of HardPy; a passed one of unit SN-0001 when nothing is said. */
export function madeRun(parts: RunParts = {}): Made {
  const { serial = "SN-0001", part = "PN-1", process = "EOL" } = parts;
  const { stand = "eol-1", hardwareId = "pc-1", at = 0 } = parts;
  const start = at === null ? null : START + at;
  const { stop = start === null ? null : start + 30 } = parts;
  return {
    status: parts.status ?? "passed",
    "start_time": start,
    "stop_time": stop,
    name: "Plan",
    "test_stand": { "hw_id": hardwareId, name: stand, timezone: null },
    dut: { "serial_number": serial, "part_number": part },
    process: { name: process, number: null },
    modules: { "test_supply": { cases: parts.cases ?? {} } },
    ...parts.more,
  };
}

/** A numeric measurement within 0 and 10. */
export function measured(value: unknown, more: Made = {}): Made {
  return {
    type: "numeric",
    name: "Voltage",
    unit: "V",
    operation: "gele",
    "lower_limit": 0,
    "upper_limit": 10,
    "comparison_value": null,
    result: true,
    value,
    ...more,
  };
}

/** A case with these measurements. */
export function madeCase(measurements: readonly Made[], more: Made = {}): Made {
  return {
    status: "passed",
    "start_time": START,
    "stop_time": START + 1,
    "assertion_msg": null,
    msg: null,
    attempt: 1,
    measurements,
    ...more,
  };
}

export type StatisticsOptions =
  & Partial<Omit<CollectOptions, "filter">>
  & Partial<Pick<ComputeOptions, "by" | "now">>
  & { readonly filters?: Filters; readonly zone?: string };

/** Takes the documents; each has its place in the list as source. */
export function collected(
  documents: readonly Made[],
  { filters = {}, zone, by: _by, now: _now, ...options }: StatisticsOptions =
    {},
): Collector {
  const collector = new Collector({
    filter: new RunFilter(filters, new LocalDays(zone)),
    manual: false,
    allAttempts: false,
    keepsAll: false,
    ...options,
  });
  documents.forEach((run, at) => collector.add(run, `${at}.json`));
  return collector;
}

/** What the documents say together. */
export function statisticsOf(
  documents: readonly Made[],
  options: StatisticsOptions = {},
): Statistics {
  return computeStatistics(collected(documents, options), {
    by: options.by ?? "stand",
    days: new LocalDays(options.zone),
    filterWords: new Map(),
    ...(options.now && { now: options.now }),
    seconds: () => 0,
  }).statistics;
}

/** The only one of a kind. */
export function only<T>(list: readonly T[]): T {
  const [first] = list;
  if (first === undefined || list.length > 1) {
    throw new Error(`${list.length} instead of one`);
  }
  return first;
}
