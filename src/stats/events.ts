import type { Limits, MeasurementFigures, MeasurementKind } from "./figures.ts";

/** The statuses that a finished run can have. */
export const RUN_STATUSES = [
  "passed",
  "failed",
  "error",
  "stopped",
  "skipped",
] as const;

export type RunStatus = typeof RUN_STATUSES[number];

/** Runs, or executions of a case, by status. */
export type StatusCounts = Readonly<Record<RunStatus, number>>;

/** In seconds. All but `n` are null when `n` is 0. */
export interface Duration {
  readonly n: number;
  readonly min: number | null;
  readonly median: number | null;
  readonly mean: number | null;
  readonly p95: number | null;
  readonly max: number | null;
}

/** The words of `--by`. */
export const GROUPINGS = [
  "stand",
  "day",
  "week",
  "batch",
  "part-number",
  "operator",
  "process",
] as const;

export type Grouping = typeof GROUPINGS[number];

/** Times are RFC 3339 in UTC, whole seconds; rates are fractions. */
interface TimeSpan {
  readonly "first_time": string | null;
  readonly "last_time": string | null;
}

/** `stats`: the yields of a part number in a process, or of a group of `--by`. */
export interface YieldEvent extends TimeSpan, StatusCounts {
  readonly event: "yield";
  /** Null: the runs of a part number in a process, without further grouping. */
  readonly by: Grouping | null;
  /** The stand, day, … ; null when it is missing, and without `by`. */
  readonly group: string | null;
  readonly "part_number": string | null;
  readonly process: string | null;
  readonly "part_numbers": number;
  readonly processes: number;
  readonly runs: number;
  readonly "run_yield": number | null;
  /** Those with a verdict. */
  readonly "runs_without_serial_number": number;
  readonly units: number;
  readonly "units_passed_first": number | null;
  readonly fpy: number | null;
  readonly "fpy_low": number | null;
  readonly "fpy_high": number | null;
  readonly spy: number | null;
  readonly tpy: number | null;
  readonly lpy: number | null;
  readonly "final_yield": number | null;
  /** Only with `by` "part-number". */
  readonly rty: number | null;
  readonly "failed_after_pass": number | null;
  readonly "retested_units": number | null;
  readonly "retest_rate": number | null;
  readonly "attempts_per_unit": number | null;
  readonly "stopped_first": number | null;
  readonly "undecided_units": number | null;
  /** Of the passed runs. */
  readonly duration: Duration;
}

export const FAILURE_RANKINGS = ["case", "error_code", "message"] as const;

/** `stats`: one row of a ranking of failures. */
export interface FailureEvent extends TimeSpan {
  readonly event: "failure";
  readonly by: typeof FAILURE_RANKINGS[number];
  readonly "part_number": string | null;
  readonly process: string | null;
  readonly module: string | null;
  readonly case: string | null;
  readonly "error_code": number | null;
  readonly message: string | null;
  readonly runs: number;
  /** Distinct serial numbers. */
  readonly units: number;
  /** Runs that were the first attempt of a unit. */
  readonly "first_attempts": number;
  readonly share: number;
  readonly cumulative: number;
  /** A source. */
  readonly example: string;
}

/** Where a case stands. */
export interface CaseName {
  readonly "part_number": string | null;
  readonly process: string | null;
  readonly module: string;
  readonly case: string;
}

/** `stats`: one case of a part number in a process. */
export interface CaseEvent extends CaseName, StatusCounts {
  readonly event: "case";
  /** Those that list it. */
  readonly runs: number;
  /** Those in which its `attempt` is above 1. */
  readonly retried: number;
  readonly "attempts_max": number;
  readonly duration: Duration;
}

/** `stats`: one measurement within one limit set. */
export interface MeasurementEvent
  extends CaseName, TimeSpan, MeasurementFigures {
  readonly event: "measurement";
  readonly name: string | null;
  /** Tells entries of one name, unit and kind within a case apart; from 1. */
  readonly index: number;
  readonly unit: string | null;
  readonly kind: MeasurementKind;
  /** Null with the verdict `limits_vary`. */
  readonly limits: Limits | null;
  /** 1: the one with the latest entry. */
  readonly "limit_set": number;
  readonly "limit_sets": number;
  readonly sample: Sample;
  readonly missing: number;
  readonly absent: number;
  readonly failed: number;
  readonly unjudged: number;
  /** Null for texts. */
  readonly outside: number | null;
}

export type Sample = "first_attempts" | "all_attempts";

/** `stats`: one unit with two or more attempts, or whose last attempt did not pass. */
export interface UnitEvent extends TimeSpan {
  readonly event: "unit";
  readonly "part_number": string | null;
  readonly process: string | null;
  readonly "serial_number": string;
  readonly state:
    | "passed_on_retest"
    | "retested_after_pass"
    | "failed_after_pass"
    | "not_passed";
  readonly attempts: number;
  readonly runs: number;
  readonly "first_status": RunStatus;
  readonly "last_status": RunStatus;
  /** Sorted; a missing name is null. */
  readonly stands: readonly (string | null)[];
}

/** Why a document is no run that counts. */
export const LEFT_OUT = [
  "unreadable",
  "not_json",
  "not_run",
  "unfinished",
  "no_time",
  "manual_mode",
  "filtered",
] as const;

export type LeftOut = typeof LEFT_OUT[number];

export type WarningCode =
  | Exclude<LeftOut, "filtered">
  | "copies"
  | "no_serial_number"
  | "stopped_first"
  | "failed_after_pass"
  | "no_verdict"
  | "several_stands"
  | "mixed_plans"
  | "shared_stand_name"
  | "limits_changed"
  | "limits_vary"
  | "unit_changed"
  | "no_stand_name"
  | "wrong_clock"
  | "many_names"
  | "many_messages";

/** `stats`: what may mislead, or was left out. */
export interface WarningEvent {
  readonly event: "warning";
  readonly code: WarningCode;
  readonly count: number;
  readonly message: string;
  /** Up to 5. */
  readonly examples: readonly string[];
}

/** `stats`: the last line. */
export interface StatsEvent extends TimeSpan, StatusCounts {
  readonly event: "stats";
  readonly documents: number;
  readonly copies: number;
  readonly runs: number;
  /** How many documents, by reason. */
  readonly "left_out": Readonly<Record<LeftOut, number>>;
  /** Serial number and part number. */
  readonly units: number;
  readonly "part_numbers": number;
  readonly processes: number;
  readonly stands: number;
  /** Events. */
  readonly measurements: number;
  readonly sample: Sample;
  readonly "sample_runs": number;
  readonly bytes: number;
  readonly seconds: number;
}

export type StatisticsEvent =
  | YieldEvent
  | FailureEvent
  | CaseEvent
  | MeasurementEvent
  | UnitEvent
  | WarningEvent
  | StatsEvent;
