import type {
  CaseEvent,
  FailureEvent,
  Grouping,
  MeasurementEvent,
  RunStatus,
  StatsEvent,
  UnitEvent,
  WarningEvent,
  YieldEvent,
} from "./events.ts";
import type { Series } from "./figures.ts";

/** What many runs say together. Text, JSON lines, CSV and page all read this. */
export interface Statistics {
  /** First those of each part number and process (`by` null), then those of `by`. */
  readonly yields: readonly YieldEvent[];
  readonly by: Grouping;
  /** The three rankings, each for each part number and process. */
  readonly failures: readonly FailureEvent[];
  readonly cases: readonly CaseEvent[];
  readonly measurements: readonly MeasurementResult[];
  readonly units: readonly UnitHistory[];
  readonly warnings: readonly WarningEvent[];
  readonly stats: StatsEvent;
  /** The local days of the first and of the last run; null without runs. */
  readonly firstDay: string | null;
  readonly lastDay: string | null;
  /** The filters as they were typed: `--stand eol-2`. */
  readonly filters: readonly string[];
  /** How many runs each filter alone would leave out: told when nothing is left. */
  readonly filteredBy: readonly FilteredBy[];
  /** More yields of the same runs, for the page: `by` is "day", "stand". */
  yieldsBy(by: Grouping): readonly YieldEvent[];
  /** The last runs, the latest first. */
  lastRuns(count: number): readonly RunLine[];
}

export interface FilteredBy {
  readonly filter: string;
  readonly runs: number;
}

export interface MeasurementResult {
  readonly event: MeasurementEvent;
  /**
   * The values behind the event, in the order of the runs. They are put
   * together anew at each call, so that they need not all be held.
   */
  series(): MeasurementSeries;
}

export interface MeasurementSeries extends Series {
  /** For each value, 1 when it breaks its own operation or limits. */
  readonly outside: Uint8Array;
}

export interface UnitHistory {
  readonly event: UnitEvent;
  /** The attempts in order; put together when they are asked for. */
  readonly attempts: readonly RunLine[];
}

/** One run in a list. */
export interface RunLine {
  readonly source: string;
  /** RFC 3339 in UTC; empty for a time that no calendar has. */
  readonly time: string;
  readonly status: RunStatus;
  readonly "serial_number": string | null;
  readonly "part_number": string | null;
  readonly process: string | null;
  readonly stand: string | null;
  readonly batch: string | null;
  readonly operator: string | null;
  /** The case that a failed run failed at: `module::case`. */
  readonly cause: string | null;
}
