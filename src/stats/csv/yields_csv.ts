import type { YieldEvent } from "../events.ts";
import { type Cell, csvLine } from "./csv_line.ts";

/** A header, and a line for each `yield` event; `duration` in columns of its own. */
export function* yieldsCsv(yields: readonly YieldEvent[]): Generator<string> {
  yield csvLine(COLUMNS);
  for (const one of yields) {
    const { duration, ...rest } = one;
    const cells: Readonly<Record<string, Cell>> = {
      ...rest,
      ...Object.fromEntries(
        Object.entries(duration).map(([name, value]) => [
          `duration_${name}`,
          value,
        ]),
      ),
    };
    yield csvLine(COLUMNS.map((column) => cells[column] ?? null));
  }
}

/** In the order of the contract. */
const COLUMNS = [
  "by",
  "group",
  "part_number",
  "process",
  "part_numbers",
  "processes",
  "first_time",
  "last_time",
  "runs",
  "passed",
  "failed",
  "error",
  "stopped",
  "skipped",
  "run_yield",
  "runs_without_serial_number",
  "units",
  "units_passed_first",
  "fpy",
  "fpy_low",
  "fpy_high",
  "spy",
  "tpy",
  "lpy",
  "final_yield",
  "rty",
  "failed_after_pass",
  "retested_units",
  "retest_rate",
  "attempts_per_unit",
  "stopped_first",
  "undecided_units",
  "duration_n",
  "duration_min",
  "duration_median",
  "duration_mean",
  "duration_p95",
  "duration_max",
];
