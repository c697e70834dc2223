import {
  type DeviceRecord,
  DeviceReport,
} from "../../inspect/device_report.ts";
import { type Read, readBack } from "../../inspect/read_back.ts";
import type { RowsRead } from "../../standcloud/read_rows.ts";
import { findTestRuns, type TestRunRow } from "../../standcloud/test_runs.ts";
import { AppError } from "../../system/app_error.ts";
import { cleanLine } from "../clean.ts";
import { deviceCells, deviceCsv } from "../device_csv.ts";
import type { DeviceEvent } from "../events/inspect_events.ts";
import type { CommonFlags } from "../flags.ts";
import { countLine, printsJson } from "../read_back_text.ts";
import type { CommandInput } from "../command_input.ts";
import { Table } from "../table.ts";
import { type Times, timesOf } from "../times.ts";

export interface DevicesFlags extends CommonFlags {
  readonly partNumber?: string;
  readonly batch?: string;
  readonly csv?: boolean;
}

/** The report "devices with last stage" of Everypin's SDK. */
export async function listDevices(
  input: CommandInput<DevicesFlags>,
): Promise<number> {
  const { system, output, flags } = input;
  const { partNumber, batch } = flags;
  if (partNumber === undefined) {
    throw new AppError("usage", "Give the part number of the devices", {
      hints: ["standcloud runs devices --part-number PN"],
    });
  }
  if (flags.csv && flags.json) {
    throw new AppError("usage", "--json and --csv exclude each other");
  }
  const stand = await input.stand();
  const session = await stand.session();
  const report = new DeviceReport();
  const take = (rows: readonly TestRunRow[]) => {
    for (const row of rows) report.add(row);
    return true;
  };
  const read: Read<RowsRead> = async (service, options) =>
    await findTestRuns(service, { ...options, take });
  await readBack(session.service, read, {
    bearer: session.bearer,
    filters: {
      "part_number": partNumber,
      ...(batch !== undefined && { "batch_number": batch }),
    },
    signal: system.interrupted,
  });
  const records = report.records();
  print(input, records);
  if (!flags.csv && printsJson(input)) {
    output.line(countLine(session.service, records.length));
  }
  return 0;
}

function print(
  input: CommandInput<DevicesFlags>,
  records: readonly DeviceRecord[],
): void {
  const { system, output, flags } = input;
  if (flags.csv) {
    // A file gets every character, a terminal must not obey any.
    const clean = system.terminal.stdoutIsTerminal ? cleanLine : undefined;
    for (const line of deviceCsv(records, clean)) output.laidOut(line);
  } else if (printsJson(input)) {
    for (const record of records) output.line(JSON.stringify(eventOf(record)));
  } else if (records.length > 0) {
    const times = timesOf(system, "stdout");
    const rows = records.map((record) => tableCells(record, times));
    const lines = new Table(HEADINGS).lines(rows);
    output.laidOut(lines.map((line) => `${line}\n`).join(""));
  }
  if (records.length === 0) output.note("There is no such device.");
}

function eventOf(record: DeviceRecord): DeviceEvent {
  return {
    event: "device",
    "start_time": startOf(record).toISOString(),
    serial: record.serial,
    "part_number": record.partNumber,
    "last_stage": record.lastStage,
    "last_status": record.lastStatus,
    "custom_serial_number": record.customSerialNumber,
  };
}

function startOf({ startTime }: DeviceRecord): Date {
  return new Date(startTime.microseconds / 1000);
}

const HEADINGS = [
  "START",
  "SERIAL NUMBER",
  "PART NUMBER",
  "STAGE",
  "STATUS",
  "CUSTOM SERIAL",
];

function tableCells(record: DeviceRecord, times: Times): string[] {
  const [, ...rest] = deviceCells(record);
  const start = times.full(startOf(record));
  return [start, ...rest].map((text) => text || "–");
}
