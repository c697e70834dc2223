import { HttpFailure } from "../system/http_failure.ts";
import { openApi, withoutToken } from "./api_call.ts";
import { parseExactly } from "./exact_json.ts";
import { JsonRows, UnreadableRows } from "./json_rows.ts";
import {
  notRead,
  pathWith,
  type ReadAnswer,
  type ReadOptions,
  TIMEOUT_MILLISECONDS,
} from "./read_api.ts";
import type { Service } from "./service.ts";

export type Fields = Readonly<Record<string, unknown>>;

/** Gets rows that arrived together. False: no more are wanted, and the connection is dropped. */
export type TakeRows<Row> = (rows: readonly Row[]) => boolean;

/** How far a list was read. */
export interface RowsRead {
  /** There may be more: no more were wanted, or the answer is one page of several. */
  readonly isPart: boolean;
}

/**
 * `GET` of a list: an array of any length, read row by row, one row alone, or
 * an object that wraps the array (the shape is not published). An answer that
 * is not such JSON up to its end does not count, even when `take` got some rows.
 *
 * @throws as `readApi()`.
 */
export async function readRows(
  service: Service,
  path: string,
  { take, ...options }: ReadOptions & { readonly take: TakeRows<Fields> },
): Promise<ReadAnswer<RowsRead>> {
  const { filters, timeoutMilliseconds = TIMEOUT_MILLISECONDS } = options;
  const answer = await openApi(service, pathWith(path, filters), {
    ...options,
    timeoutMilliseconds,
  });
  await using _answer = answer;
  const { status } = answer;
  const problem = notRead(service, answer);
  if (problem !== undefined) return problem;
  try {
    const parse = (text: string) =>
      parseExactly(withoutToken(options.token, text));
    const value = await rowsOf(answer.portions, { parse, take });
    return { kind: "read", value, status };
  } catch (error) {
    if (error instanceof HttpFailure) return { kind: "unavailable", status };
    if (!(error instanceof UnreadableRows)) throw error;
    return { kind: error.isCutOff ? "unavailable" : "unsupported", status };
  }
}

async function rowsOf(
  portions: AsyncIterable<Uint8Array>,
  { parse, take }: {
    readonly parse: (text: string) => unknown;
    readonly take: TakeRows<Fields>;
  },
): Promise<RowsRead> {
  const rows = new JsonRows();
  let whole: unknown;
  for await (const portion of portions) {
    const values = rows.take(portion).map((text) => parsed(text, parse));
    if (!rows.isArray) whole ??= values[0];
    else if (values.length > 0 && !take(values)) return { isPart: true };
  }
  rows.end();
  if (rows.isArray) return { isPart: false };
  const found = objectsOf(whole);
  if (found === undefined) throw new UnreadableRows("There are no rows in it");
  const isAlone = found[0] === whole;
  return { isPart: !take(found) || !isAlone && found.length > 0 };
}

function parsed(text: string, parse: (text: string) => unknown): Fields {
  try {
    return parse(text) as Fields;
  } catch {
    throw new UnreadableRows("A row is no JSON");
  }
}

/** How deep a wrapper may lie in a wrapper: `{"data":{"items":[…]}}`. */
const WRAPPERS = 2;

/** The rows of an answer that was read as a whole; undefined when there is nothing of the kind. */
export function objectsOf(value: unknown, depth = 0): Fields[] | undefined {
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

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
