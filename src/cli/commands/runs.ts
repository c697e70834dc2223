import { readBack } from "../../inspect/read_back.ts";
import {
  findTestedDuts,
  findTestRuns,
  getTestRun,
  type TestRunRow,
} from "../../standcloud/test_runs.ts";
import { AppError } from "../../system/app_error.ts";
import type { CommonFlags } from "../flags.ts";
import { type CommandInput, openSession } from "../session.ts";
import { table } from "../table.ts";

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
  event: string,
  read: typeof findTestRuns,
): Promise<number> {
  const { system, output, flags } = input;
  using session = await openSession(input, undefined);
  const found = await readBack(session.service, read, {
    bearer: session.bearer,
    filters: filtersOf(flags),
    signal: system.interrupted,
  });
  const rows = found.slice(0, flags.limit);
  if (printsJson(input)) {
    for (const row of rows) output.line(JSON.stringify(eventOf(event, row)));
  } else if (rows.length === 0) output.note("There is no such test run.");
  else {
    const lines = table(HEADINGS, rows.map(cellsOf));
    output.laidOut(lines.map((line) => `${line}\n`).join(""));
  }
  return 0;
}

export async function getRun(
  input: CommandInput<CommonFlags>,
  id: string,
): Promise<number> {
  const { system, output } = input;
  using session = await openSession(input, undefined);
  const read: typeof findTestRuns = async (service, options) => {
    const answer = await getTestRun(service, id, options);
    if (answer.kind !== "read") return answer;
    return {
      ...answer,
      value: answer.value === undefined ? [] : [answer.value],
    };
  };
  const [row] = await readBack(session.service, read, {
    bearer: session.bearer,
    signal: system.interrupted,
  });
  if (row === undefined) {
    const { text } = session.service.address;
    throw new AppError("input_unreadable", `${text} has no test run "${id}"`, {
      hints: ["standcloud runs list shows those that there are"],
    });
  }
  const event = eventOf("test_run", row);
  if (printsJson(input)) output.line(JSON.stringify(event));
  else output.result(event, fieldsOf(row));
  return 0;
}

/** A table is for the eyes; another program gets all there is. */
function printsJson({ system, flags }: CommandInput<CommonFlags>): boolean {
  return flags.json ?? !system.terminal.stdoutIsTerminal;
}

/** StandCloud says `pass` where a run document says `passed`. */
const STATUSES = new Map([["passed", "pass"], ["failed", "fail"]]);

function filtersOf(flags: FilterFlags): Record<string, string> {
  const { partNumber, status, stand, firmwareVersion, limit } = flags;
  const given: [string, string | undefined][] = [
    ...(flags.info ?? []).map(([key, value]): [string, string] => [key, value]),
    ["part_number", partNumber],
    ["status", status && (STATUSES.get(status) ?? status)],
    ["test_stand_name", stand],
    ["firmware_version", firmwareVersion],
    ["limit", limit?.toString()],
  ];
  const filters: Record<string, string> = {};
  for (const [name, value] of given) {
    if (value !== undefined) filters[name] = value;
  }
  return filters;
}

function eventOf(event: string, row: TestRunRow) {
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

function cellsOf(row: TestRunRow): string[] {
  return [
    row.startTime?.toISOString().replace(/\.\d+Z$/, "Z"),
    row.status,
    row.partNumber,
    row.serialNumber,
    row.testStandName,
    row.testRunId,
  ].map((cell) => cell ?? "–");
}

/** Everything that StandCloud told, also what this program does not know. */
function fieldsOf({ raw }: TestRunRow): string[] {
  const names = Object.keys(raw);
  const width = Math.max(...names.map((name) => name.length));
  return names.map((name) => {
    const value = raw[name];
    const text = typeof value === "string" ? value : JSON.stringify(value);
    return `${name.padEnd(width)}  ${text}`;
  });
}
