import { textOf } from "./exact_json.ts";
import { type ReadAnswer, readApi, type ReadOptions } from "./read_api.ts";
import type { Service } from "./service.ts";

/** A test run, or the last state of a device, as StandCloud tells it. Null is what it does not tell. */
export interface TestRunRow {
  readonly testRunId: string | null;
  readonly serialNumber: string | null;
  readonly partNumber: string | null;
  readonly testStandName: string | null;
  readonly startTime: Date | null;
  readonly stopTime: Date | null;
  /** In StandCloud's own words and letters: `pass`, `FAIL`, … */
  readonly status: string | null;
  /** Everything that came, also what this program does not know. */
  readonly raw: Readonly<Record<string, unknown>>;
}

/** `GET test_run` with filters such as `part_number`, or any key of the DUT's info. */
export async function findTestRuns(
  service: Service,
  options: ReadOptions,
): Promise<ReadAnswer<TestRunRow[]>> {
  return rowsFrom(await readApi(service, "test_run", options));
}

/** `GET tested_dut`: the last state of each device. */
export async function findTestedDuts(
  service: Service,
  options: ReadOptions,
): Promise<ReadAnswer<TestRunRow[]>> {
  return rowsFrom(await readApi(service, "tested_dut", options));
}

/** `GET test_run/ID`; undefined when StandCloud knows no such run. */
export async function getTestRun(
  service: Service,
  id: string,
  options: ReadOptions,
): Promise<ReadAnswer<TestRunRow | undefined>> {
  const path = `test_run/${encodeURIComponent(id)}`;
  const answer = await readApi(service, path, options);
  if (answer.kind === "unsupported" && answer.status === 404) {
    return { kind: "read", value: undefined, status: answer.status };
  }
  const rows = rowsFrom(answer);
  return rows.kind === "read" ? { ...rows, value: rows.value[0] } : rows;
}

function rowsFrom(answer: ReadAnswer<unknown>): ReadAnswer<TestRunRow[]> {
  if (answer.kind !== "read") return answer;
  const { status } = answer;
  const rows = objectsOf(answer.value);
  return rows === undefined
    ? { kind: "unsupported", status }
    : { kind: "read", value: rows.map(rowOf), status };
}

type Fields = Readonly<Record<string, unknown>>;

/** How deep a wrapper may lie in a wrapper: `{"data":{"items":[…]}}`. */
const WRAPPERS = 2;

/**
 * The rows of an answer: an array of them, one alone, or an object that wraps
 * the array under some name (the shape is not published). Undefined when there
 * is nothing of the kind.
 */
function objectsOf(value: unknown, depth = 0): Fields[] | undefined {
  if (Array.isArray(value)) {
    return value.every(isFields) ? value : undefined;
  }
  if (!isFields(value)) return undefined;
  if (OWN_KEYS.some((key) => key in value)) return [value];
  if (depth === WRAPPERS) return undefined;
  for (const inner of Object.values(value)) {
    const found = objectsOf(inner, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A wrapper has none of them. */
const OWN_KEYS = ["test_run_id", "serial_number", "dut_info", "dut", "id"];

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function rowOf(raw: Fields): TestRunRow {
  const info = isFields(raw["dut_info"]) ? raw["dut_info"] : {};
  const first = (...values: unknown[]) =>
    values.map(textOf).find((text) => text !== null) ?? null;
  return {
    testRunId: first(raw["test_run_id"], raw["id"]),
    serialNumber: first(raw["serial_number"], info["serial_number"]),
    partNumber: first(raw["part_number"], info["part_number"]),
    testStandName: first(raw["test_stand_name"]),
    startTime: dateOf(raw["start_time"]),
    stopTime: dateOf(raw["stop_time"] ?? raw["finish_time"]),
    status: first(raw["status"], raw["status_icon"]),
    raw,
  };
}

/** ISO 8601, or seconds since 1970 as in a run document. */
function dateOf(value: unknown): Date | null {
  if (typeof value !== "string" && typeof value !== "number") return null;
  const date = new Date(typeof value === "number" ? value * 1000 : value);
  return Number.isNaN(date.getTime()) ? null : date;
}
