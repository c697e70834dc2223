import type { StoredReport } from "./types.ts";
import { isObject } from "./wire_shape.ts";

type Row = Record<string, unknown>;

/** Query parameters that the reader understands. */
const filters = ["part_number", "status", "test_stand_name"];

/** The rows of `GET test_run`, filtered by the query. */
export function testRuns(
  reports: readonly StoredReport[],
  query: URLSearchParams,
): Row[] {
  return reports.map((report) => testRun(report, reports)).filter((row) =>
    matches(row, query)
  );
}

/** The rows of `GET tested_dut`: the last run of each device. */
export function testedDuts(
  reports: readonly StoredReport[],
  query: URLSearchParams,
): Row[] {
  const last = new Map(reports.map((report) => [deviceKey(report), report]));
  return [...last.values()].map((report) => {
    const {
      test_run_id: _id,
      number_of_attempt: attempts,
      stop_time: stop,
      ...rest
    } = testRun(
      report,
      reports,
    );
    const seconds = durationSeconds(report);
    return {
      ...rest,
      "attempt_count": attempts,
      "finish_time": stop,
      duration: `PT${seconds}S`,
    };
  }).filter((row) => matches(row, query));
}

/** One row, with the field names of StandCloud's published answers. */
export function testRun(
  report: StoredReport,
  reports: readonly StoredReport[],
): Row {
  const { body } = report;
  const dut = part(report, "dut");
  const stand = part(report, "test_stand");
  return {
    "test_run_id": report.id,
    "test_plan_name": body["name"],
    "serial_number": dut["serial_number"],
    "part_number": dut["part_number"],
    status: shortStatus(body["status"]),
    "number_of_attempt": attempt(report, reports),
    "start_time": isoTime(body["start_time"]),
    "stop_time": isoTime(body["stop_time"]),
    duration: clockText(durationSeconds(report)),
    "test_stand_name": stand["name"],
    "test_stand_hw_id": stand["hw_id"],
    "test_run_artifact": body["artifact"] ?? {},
    "test_stand_info": stand["info"] ?? {},
    "dut_info": dut["info"] ?? {},
  };
}

function matches(row: Row, query: URLSearchParams): boolean {
  return filters.every((name) => {
    const wanted = query.get(name);
    return wanted === null ||
      row[name] === (name === "status" ? shortStatus(wanted) : wanted);
  });
}

/** The report says `passed`, the service `pass`. */
function shortStatus(status: unknown): unknown {
  return status === "passed" ? "pass" : status === "failed" ? "fail" : status;
}

function part(report: StoredReport, key: string): Row {
  const value = report.body[key];
  return isObject(value) ? value : {};
}

function deviceKey(report: StoredReport): string {
  const dut = part(report, "dut");
  return JSON.stringify([dut["part_number"], dut["serial_number"]]);
}

function attempt(
  report: StoredReport,
  reports: readonly StoredReport[],
): number {
  const earlier = reports.slice(0, reports.indexOf(report) + 1);
  return earlier.filter((other) => deviceKey(other) === deviceKey(report))
    .length;
}

function isoTime(seconds: unknown): string | null {
  return typeof seconds === "number"
    ? new Date(seconds * 1000).toISOString()
    : null;
}

function durationSeconds({ body }: StoredReport): number {
  const { start_time: start, stop_time: stop } = body;
  return typeof start === "number" && typeof stop === "number"
    ? stop - start
    : 0;
}

function clockText(seconds: number): string {
  const parts = [seconds / 3600, seconds / 60 % 60, seconds % 60];
  return parts.map((value) => String(Math.floor(value)).padStart(2, "0")).join(
    ":",
  );
}
