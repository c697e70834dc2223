import { textOf } from "./exact_json.ts";
import { type ReadAnswer, readApi, type ReadOptions } from "./read_api.ts";
import {
  type Fields,
  isFields,
  objectsOf,
  readRows,
  type RowsRead,
  type TakeRows,
} from "./read_rows.ts";
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

export interface FindOptions extends ReadOptions {
  readonly take: TakeRows<TestRunRow>;
}

/** `GET test_run` with filters such as `part_number`, or any key of the DUT's info. */
export async function findTestRuns(
  service: Service,
  options: FindOptions,
): Promise<ReadAnswer<RowsRead>> {
  return await find(service, "test_run", options);
}

/** `GET tested_dut`: the last state of each device. */
export async function findTestedDuts(
  service: Service,
  options: FindOptions,
): Promise<ReadAnswer<RowsRead>> {
  return await find(service, "tested_dut", options);
}

async function find(
  service: Service,
  path: string,
  { take, ...options }: FindOptions,
): Promise<ReadAnswer<RowsRead>> {
  return await readRows(service, path, {
    ...options,
    take: (rows) => take(rows.map(testRunRow)),
  });
}

/** `GET test_run/ID`; undefined when StandCloud knows no such run. */
export async function getTestRun(
  service: Service,
  id: string,
  options: ReadOptions,
): Promise<ReadAnswer<TestRunRow | undefined>> {
  const path = `test_run/${encodeURIComponent(id)}`;
  const answer = await orMissing(readApi(service, path, options));
  if (answer.kind !== "read") return answer;
  const { value, status } = answer;
  if (value === undefined) return { kind: "read", value, status };
  const rows = objectsOf(value);
  return rows === undefined
    ? { kind: "unsupported", status }
    : { kind: "read", value: rows.map(testRunRow)[0], status };
}

/**
 * `GET test_run/ID/failed_case`: an array, or the first one in a wrapper, else
 * the whole answer as one case (the shape is not published). Undefined when
 * StandCloud knows no such run.
 */
export async function getFailedCases(
  service: Service,
  id: string,
  options: ReadOptions,
): Promise<ReadAnswer<readonly unknown[] | undefined>> {
  const path = `test_run/${encodeURIComponent(id)}/failed_case`;
  const answer = await orMissing(readApi(service, path, options));
  if (answer.kind !== "read" || answer.value === undefined) {
    return answer as ReadAnswer<undefined>;
  }
  const { value } = answer;
  const cases = Array.isArray(value)
    ? value
    : isFields(value)
    ? Object.values(value).find(Array.isArray)
    : undefined;
  return { ...answer, value: cases ?? [value] };
}

/** A 404 says that there is no such run. */
async function orMissing(
  reading: Promise<ReadAnswer<unknown>>,
): Promise<ReadAnswer<unknown>> {
  const answer = await reading;
  const { kind, status } = answer;
  return kind === "unsupported" && status === 404
    ? { kind: "read", value: undefined, status }
    : answer;
}

/** One object of an answer. */
export function testRunRow(raw: Fields): TestRunRow {
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

/** ISO 8601, in UTC when it names no zone; or seconds since 1970 as in a run document. */
function dateOf(value: unknown): Date | null {
  if (typeof value !== "string" && typeof value !== "number") return null;
  const date = new Date(
    typeof value === "number"
      ? value * 1000
      : WITHOUT_ZONE.test(value)
      ? `${value}Z`
      : value,
  );
  return Number.isNaN(date.getTime()) ? null : date;
}

const WITHOUT_ZONE = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?$/;
