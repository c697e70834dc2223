import type {
  FailureEvent,
  RunStatus,
  StatsEvent,
  UnitEvent,
  YieldEvent,
} from "../../../src/stats/events.ts";
import { wilsonInterval } from "../../../src/stats/rates.ts";
import type {
  RunLine,
  Statistics,
  UnitHistory,
} from "../../../src/stats/statistics.ts";

/** Results that no collector made: each test changes what it is about. */
export function statisticsWith(parts: Partial<Statistics> = {}): Statistics {
  return {
    yields: [],
    by: "stand",
    failures: [],
    cases: [],
    measurements: [],
    units: [],
    warnings: [],
    stats: statsWith(),
    firstDay: null,
    lastDay: null,
    filters: [],
    filteredBy: [],
    yieldsBy: () => [],
    lastRuns: () => [],
    ...parts,
  };
}

export function statsWith(parts: Partial<StatsEvent> = {}): StatsEvent {
  return {
    event: "stats",
    documents: 0,
    copies: 0,
    runs: 0,
    ...NO_RUNS,
    "left_out": {
      unreadable: 0,
      "not_json": 0,
      "not_run": 0,
      unfinished: 0,
      "no_time": 0,
      "manual_mode": 0,
      filtered: 0,
    },
    units: 0,
    "part_numbers": 1,
    processes: 1,
    stands: 0,
    measurements: 0,
    sample: "first_attempts",
    "sample_runs": 0,
    "first_time": null,
    "last_time": null,
    bytes: 0,
    seconds: 0,
    ...parts,
  };
}

const NO_RUNS = { passed: 0, failed: 0, error: 0, stopped: 0, skipped: 0 };
export const PRODUCT = { "part_number": "SH-4", process: "EOL" } as const;
export const TIMES = {
  "first_time": "2026-03-02T06:00:00Z",
  "last_time": "2026-03-16T14:00:00Z",
} as const;

/** Units of which each was tested once. */
export function yieldWith(
  units: number,
  passed: number,
  parts: Partial<YieldEvent> = {},
): YieldEvent {
  const [low, high] = wilsonInterval(passed, units);
  const rate = units === 0 ? null : passed / units;
  return {
    event: "yield",
    by: null,
    group: null,
    ...PRODUCT,
    "part_numbers": 1,
    processes: 1,
    runs: units,
    ...NO_RUNS,
    passed,
    failed: units - passed,
    ...TIMES,
    "run_yield": rate,
    "runs_without_serial_number": 0,
    units,
    "units_passed_first": passed,
    fpy: rate,
    "fpy_low": low,
    "fpy_high": high,
    spy: rate,
    tpy: rate,
    lpy: rate,
    "final_yield": rate,
    rty: null,
    "failed_after_pass": 0,
    "retested_units": 0,
    "retest_rate": 0,
    "attempts_per_unit": 1,
    "stopped_first": 0,
    "undecided_units": 0,
    duration: { n: 9, min: 40, median: 42, mean: 42, p95: 44, max: 44 },
    ...parts,
  };
}

export function failureWith(parts: Partial<FailureEvent>): FailureEvent {
  return {
    event: "failure",
    by: "case",
    ...PRODUCT,
    ...TIMES,
    module: "test_2_can",
    case: "test_bus_up",
    "error_code": null,
    message: null,
    runs: 1,
    units: 1,
    "first_attempts": 1,
    share: 1,
    cumulative: 1,
    example: "runs/a.json",
    ...parts,
  };
}

export function runLine(
  status: RunStatus,
  parts: Partial<RunLine> = {},
): RunLine {
  return {
    source: "runs/a.json",
    time: "2026-03-02T06:00:00Z",
    status,
    "serial_number": "SN-1",
    ...PRODUCT,
    stand: "eol-1",
    batch: null,
    operator: null,
    cause: null,
    ...parts,
  };
}

export function unitWith(
  state: UnitEvent["state"],
  attempts: readonly RunLine[],
): UnitHistory {
  const [first] = attempts;
  const last = attempts.at(-1);
  return {
    event: {
      event: "unit",
      ...PRODUCT,
      ...TIMES,
      "serial_number": first?.serial_number ?? "",
      state,
      attempts: attempts.length,
      runs: attempts.length,
      "first_status": first?.status ?? "passed",
      "last_status": last?.status ?? "passed",
      stands: ["eol-1"],
    },
    attempts,
  };
}
