import { checkRun } from "../../../src/runs/check_run.ts";
import { runOf } from "./sound_runs.ts";

export type Fields = Record<string, unknown>;

export const TIMES = { "start_time": 1771490002, "stop_time": 1771490040 };
export const NO_TIMES = { "start_time": null, "stop_time": null };

/** What the rules say of a document: severity, rule and message. */
export function said(document: Fields): string[] {
  return checkRun(runOf(JSON.stringify(document)))
    .map(({ severity, rule, message }) => `${severity} ${rule}: ${message}`);
}

/** As HardPy 0.23 and later writes a case into its storage: without what is unset. */
export function leanCase(name: string, given: Fields = {}): Fields {
  return {
    status: "passed",
    ...TIMES,
    name,
    group: "main",
    attempt: 1,
    ...given,
  };
}

/** As HardPy 0.24 and later leaves a run, by the names of its storage. */
export function lean(
  names: Fields,
  cases: Fields = { "test_rail": leanCase("Rail 3V3") },
  given: Fields = {},
): Fields {
  const status = given["status"] ?? "passed";
  const module = { status, ...TIMES, name: "Supply", group: "main", cases };
  return {
    ...names,
    modules: { "test_supply": module },
    dut: { "serial_number": "1", "part_number": "CSB-204", name: "Board" },
    "test_stand": { timezone: "UTC", "hw_id": "5b0e", name: "bench-3" },
    process: {},
    name: "sensor_board",
    status,
    ...TIMES,
    ...given,
  };
}

export const HISTORY = { "_id": "1771490040123" };
export const RECORD = { "_id": "localhost_8000", "_rev": "localhost_8000" };
export const SKIPPED = { status: "skipped", ...NO_TIMES, attempt: 0 };
export const NO_ATTEMPT = { status: "failed", attempt: 0 };
