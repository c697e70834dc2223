import { type Read, readBack } from "../../inspect/read_back.ts";
import type { RowsRead } from "../../standcloud/read_rows.ts";
import {
  findTestedDuts,
  findTestRuns,
  getTestRun,
  type TestRunRow,
} from "../../standcloud/test_runs.ts";
import type { TestRunEvent } from "../events/inspect_events.ts";
import type { CommonFlags } from "../flags.ts";
import {
  countLine,
  fieldLines,
  noSuchRun,
  printsJson,
} from "../read_back_text.ts";
import type { CommandInput } from "../command_input.ts";
import { Table } from "../table.ts";
import { type Times, timesOf } from "../times.ts";

export interface FilterFlags extends CommonFlags {
  readonly partNumber?: string;
  readonly status?: string;
  readonly stand?: string;
  readonly firmwareVersion?: string;
  readonly info?: readonly (readonly [key: string, value: string])[];
  readonly limit?: number;
}

export async function listRuns(
  input: CommandInput<FilterFlags>,
): Promise<number> {
  return await list(input, "test_run", findTestRuns);
}

export async function listDuts(
  input: CommandInput<FilterFlags>,
): Promise<number> {
  return await list(input, "tested_dut", findTestedDuts);
}

async function list(
  input: CommandInput<FilterFlags>,
  event: TestRunEvent["event"],
  find: typeof findTestRuns,
): Promise<number> {
  const { system, output, flags } = input;
  const stand = await input.stand();
  const session = await stand.session();
  const print = printerOf(input, event);
  const { limit = Infinity } = flags;
  let count = 0;
  const take = (rows: readonly TestRunRow[]) => {
    const wanted = rows.slice(0, limit - count);
    count += wanted.length;
    print(wanted);
    return count < limit;
  };
  const read: Read<RowsRead> = async (service, options) =>
    await find(service, { ...pagedOptions(options, flags), take });
  await readBack(session.service, read, {
    bearer: session.bearer,
    filters: filtersOf(flags),
    signal: system.interrupted,
  });
  if (printsJson(input)) output.line(countLine(session.service, count));
  else if (count === 0) output.note("There is no such test run.");
  return 0;
}

/** Only the integration API is known to have pages. HardPy's API gives all rows, and may take `limit` for a filter. */
function pagedOptions(
  options: Parameters<Read<RowsRead>>[1],
  { limit }: FilterFlags,
): Parameters<Read<RowsRead>>[1] {
  if (!options.asIntegration || limit === undefined) return options;
  return { ...options, filters: { ...options.filters, limit: `${limit}` } };
}

/** Prints rows as they come. */
function printerOf(
  input: CommandInput<FilterFlags>,
  event: TestRunEvent["event"],
): (rows: readonly TestRunRow[]) => void {
  const { output } = input;
  if (printsJson(input)) {
    return (rows) => {
      for (const row of rows) output.line(JSON.stringify(eventOf(event, row)));
    };
  }
  const table = new Table(HEADINGS);
  const times = timesOf(input.system, "stdout");
  return (rows) => {
    if (rows.length === 0) return;
    const lines = table.lines(rows.map((row) => cellsOf(row, times)));
    output.laidOut(lines.map((line) => `${line}\n`).join(""));
  };
}

export async function getRun(
  input: CommandInput<CommonFlags>,
  id: string,
): Promise<number> {
  const { system, output } = input;
  const stand = await input.stand();
  const session = await stand.session();
  const read: Read<TestRunRow | undefined> = (service, options) =>
    getTestRun(service, id, options);
  const row = await readBack(session.service, read, {
    bearer: session.bearer,
    signal: system.interrupted,
  });
  if (row === undefined) throw noSuchRun(session.service, id);
  const event = eventOf("test_run", row);
  if (printsJson(input)) output.line(JSON.stringify(event));
  else output.result(event, fieldLines(row.raw));
  return 0;
}

/** StandCloud says `pass` where a run document says `passed`. */
const STATUSES = new Map([
  ["passed", "pass"],
  ["failed", "fail"],
  ["skipped", "skip"],
  ["stopped", "stop"],
]);

function filtersOf(flags: FilterFlags): Record<string, string> {
  const { partNumber, status, stand, firmwareVersion } = flags;
  const given: [string, string | undefined][] = [
    ...(flags.info ?? []).map(([key, value]): [string, string] => [key, value]),
    ["part_number", partNumber],
    ["status", status && (STATUSES.get(status) ?? status)],
    ["test_stand_name", stand],
    ["firmware_version", firmwareVersion],
  ];
  const filters: Record<string, string> = {};
  for (const [name, value] of given) {
    if (value !== undefined) filters[name] = value;
  }
  return filters;
}

function eventOf(
  event: TestRunEvent["event"],
  row: TestRunRow,
): TestRunEvent {
  return {
    event,
    "test_run_id": row.testRunId,
    "serial_number": row.serialNumber,
    "part_number": row.partNumber,
    status: row.status,
    "test_stand_name": row.testStandName,
    "start_time": row.startTime?.toISOString() ?? null,
    "stop_time": row.stopTime?.toISOString() ?? null,
    raw: row.raw,
  };
}

const HEADINGS = [
  "START",
  "STATUS",
  "PART NUMBER",
  "SERIAL NUMBER",
  "STAND",
  "TEST RUN",
];

function cellsOf(row: TestRunRow, times: Times): string[] {
  return [
    row.startTime && times.full(row.startTime),
    row.status,
    row.partNumber,
    row.serialNumber,
    row.testStandName,
    row.testRunId,
  ].map((cell) => cell ?? "–");
}
