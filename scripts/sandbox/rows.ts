import { partOf } from "./report_parts.ts";
import type { Entry, ReportStore } from "./report_store.ts";
import { isObject } from "./wire_shape.ts";

type Row = Record<string, unknown>;

export interface Page {
  /** Rows at most, whatever the query asks for; default all. */
  readonly maximumRows?: number | undefined;
}

/** The rows of `GET test_run`, filtered by the query, in the order of their arrival. */
export function testRuns(
  store: ReportStore,
  query: URLSearchParams,
  page: Page = {},
): Row[] {
  const entries = store.candidates({
    partNumber: query.get("part_number"),
    serialNumber: query.get("serial_number"),
  });
  return pageOf(entries, testRun, { query, ...page });
}

/** The rows of `GET tested_dut`: the last run of each device. */
export function testedDuts(
  store: ReportStore,
  query: URLSearchParams,
  page: Page = {},
): Row[] {
  return pageOf(store.lastOfDevices(), testedDut, { query, ...page });
}

const known = new WeakMap<Entry, Row>();

/** One row, with the field names of StandCloud's published answers. */
export function testRun(entry: Entry): Row {
  // A page far behind costs no more than the first: the rows before it are there already.
  const row = known.get(entry) ?? newTestRun(entry);
  known.set(entry, row);
  return row;
}

function newTestRun({ report, shown, attempt }: Entry): Row {
  const dut = partOf(shown, "dut");
  const stand = partOf(shown, "test_stand");
  return {
    "test_run_id": report.id,
    "test_plan_name": shown["name"],
    "serial_number": dut["serial_number"],
    "part_number": dut["part_number"],
    status: shortStatus(shown["status"]),
    "number_of_attempt": attempt,
    "start_time": isoTime(shown["start_time"]),
    "stop_time": isoTime(shown["stop_time"]),
    duration: clockText(durationSeconds(shown)),
    "test_stand_name": stand["name"],
    "test_stand_hw_id": stand["hw_id"],
    "test_run_artifact": shown["artifact"] ?? {},
    "test_stand_info": stand["info"] ?? {},
    "dut_info": dut["info"] ?? {},
  };
}

function testedDut(entry: Entry): Row {
  const {
    test_run_id: _id,
    number_of_attempt: attempts,
    stop_time: stop,
    ...rest
  } = testRun(entry);
  return {
    ...rest,
    "attempt_count": attempts,
    "finish_time": stop,
    duration: `PT${durationSeconds(entry.shown)}S`,
  };
}

function pageOf(
  entries: readonly Entry[],
  rowOf: (entry: Entry) => Row,
  { query, maximumRows = Infinity }: Page & { query: URLSearchParams },
): Row[] {
  const limit = Math.min(
    wholeNumber(query.get("limit"), Infinity),
    maximumRows,
  );
  const filters = [...query].filter(([name]) => !paging.has(name));
  return entries.values().map(rowOf)
    .filter((row) => filters.every((filter) => matches(row, filter)))
    .drop(wholeNumber(query.get("offset"), 0))
    .take(limit)
    .toArray();
}

/** FastAPI would answer 422; here what is no number is as good as nothing. */
function wholeNumber(text: string | null, otherwise: number): number {
  return text !== null && /^\d+$/.test(text) ? Number(text) : otherwise;
}

const paging = new Set(["limit", "offset"]);

/** A name that is no field of a row is a key of the device's `info`. */
function matches(row: Row, [name, wanted]: [string, string]): boolean {
  if (name === "status") return row[name] === shortStatus(wanted);
  const info = row["dut_info"];
  const value = row[name] ?? (isObject(info) ? info[name] : undefined);
  return value !== undefined && String(value) === wanted;
}

/** The report says `passed`, the service `pass`. */
function shortStatus(status: unknown): unknown {
  return status === "passed" ? "pass" : status === "failed" ? "fail" : status;
}

/** Null for a year that no calendar has. */
function isoTime(seconds: unknown): string | null {
  const date = new Date(typeof seconds === "number" ? seconds * 1000 : NaN);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

function durationSeconds(shown: Entry["shown"]): number {
  const { start_time: start, stop_time: stop } = shown;
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
