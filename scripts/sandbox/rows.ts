import { earlierRows, type Row } from "./earlier_rows.ts";
import { partOf } from "./report_parts.ts";
import type { Entry, ReportStore } from "./report_store.ts";
import type { Lookup } from "./types.ts";
import { isObject } from "./wire_shape.ts";

export interface Asked {
  readonly query: URLSearchParams;
  readonly lookup: Lookup;
  /** Whether `limit` and `offset` are known; else they are filters like any other name. */
  readonly hasPages: boolean;
}

/**
 * The rows of `GET test_run` that the query names, in the order of their
 * arrival: all of them, however many there are.
 */
export function testRuns(
  store: ReportStore,
  asked: Asked,
): IteratorObject<Row> {
  const { query, lookup: { serialNumberFilter, earlierRuns = 0 } } = asked;
  const entries = store.candidates({
    partNumber: query.get("part_number"),
    serialNumber: serialNumberFilter ? query.get("serial_number") : null,
  });
  const rows = function* (): Generator<Row> {
    yield* earlierRows(earlierRuns, query);
    yield* entries.values().map(testRun);
  };
  return asPage(rows(), asked);
}

/** The rows of `GET tested_dut`: the last run of each device. */
export function testedDuts(
  store: ReportStore,
  asked: Asked,
): IteratorObject<Row> {
  return asPage(store.lastOfDevices().values().map(testedDut), asked);
}

/** `GET test_run/ID/failed_case`; the real answer is not published. */
export function failedCases({ shown }: Entry): Row[] {
  return shown["failed_cases"] as Row[];
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
    "test_plan_name": shown["name"] ?? "",
    "number_of_attempt": attempt,
    status: shortStatus(shown["status"]),
    "status_icon": STATUS_ICONS[String(shown["status"])] ?? "❔",
    "test_run_artifact": shown["artifact"] ?? {},
    "start_time": isoTime(shown["start_time"]),
    "finish_time": isoTime(shown["stop_time"]),
    duration: clockText(durationSeconds(shown)),
    "serial_number": dut["serial_number"] ?? null,
    "part_number": dut["part_number"],
    "batch_number": shown["batch_serial_number"] ?? null,
    "dut_info": dut["info"] ?? {},
    "test_stand_hw_id": stand["hw_id"] ?? "",
    "test_stand_name": stand["name"],
    "test_stand_number": stand["number"] ?? null,
    "test_stand_location": stand["location"] ?? null,
    "test_stand_info": stand["info"] ?? {},
  };
}

const STATUS_ICONS: Record<string, string> = {
  passed: "✅",
  failed: "❌",
  skipped: "⏭️",
  stopped: "⏹️",
};

function testedDut(entry: Entry): Row {
  const {
    test_run_id: _id,
    number_of_attempt: attempts,
    ...rest
  } = testRun(entry);
  return {
    ...rest,
    "attempt_count": attempts,
    duration: `PT${durationSeconds(entry.shown)}S`,
  };
}

function asPage(
  rows: IteratorObject<Row>,
  { query, lookup: { maximumRows, serialNumberFilter }, hasPages }: Asked,
): IteratorObject<Row> {
  const isPaged = hasPages || maximumRows !== undefined;
  const fields = serialNumberFilter
    ? [...FIELD_FILTERS, "serial_number"]
    : FIELD_FILTERS;
  const filters = [...query].filter(([name]) => !(isPaged && paging.has(name)));
  const found = rows.filter((row) =>
    filters.every((filter) => matches(row, filter, fields))
  );
  if (!isPaged) return found;
  const limit = wholeNumber(query.get("limit"), Infinity);
  return found.drop(wholeNumber(query.get("offset"), 0))
    .take(Math.min(limit, maximumRows ?? Infinity));
}

/** FastAPI would answer 422; here what is no number is as good as nothing. */
function wholeNumber(text: string | null, otherwise: number): number {
  return text !== null && /^\d+$/.test(text) ? Number(text) : otherwise;
}

const paging = new Set(["limit", "offset"]);

const FIELD_FILTERS: readonly string[] = [
  "part_number",
  "batch_number",
  "status",
  "test_stand_name",
  "number_of_attempt",
  "attempt_count",
];

/** Any other name is a key of the device's `info`. */
function matches(
  row: Row,
  [name, wanted]: [string, string],
  fields: readonly string[],
): boolean {
  const info = row["dut_info"];
  const value = fields.includes(name)
    ? row[name]
    : isObject(info)
    ? info[name]
    : undefined;
  return value !== undefined && String(value) === wanted;
}

/** The report says `passed`, the service `pass`. */
function shortStatus(status: unknown): unknown {
  return SHORT_STATUSES[String(status)] ?? status;
}

const SHORT_STATUSES: Record<string, string> = {
  passed: "pass",
  failed: "fail",
  skipped: "skip",
  stopped: "stop",
};

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
