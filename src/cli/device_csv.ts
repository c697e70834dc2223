import type { DeviceRecord } from "../inspect/device_report.ts";
import { textOf } from "../standcloud/exact_json.ts";
import { csvLine } from "./csv.ts";

const COLUMNS = [
  "start_time",
  "serial",
  "part_number",
  "last_stage",
  "last_status",
  "custom_serial_number",
];

/** A header and a line for each device, as Everypin's SDK writes them. */
export function* deviceCsv(
  records: readonly DeviceRecord[],
  clean: (cell: string) => string = (cell) => cell,
): Generator<string> {
  yield csvLine(COLUMNS);
  for (const record of records) yield csvLine(deviceCells(record).map(clean));
}

export function deviceCells(record: DeviceRecord): string[] {
  return [
    record.startTime.isoText,
    record.serial ?? "",
    record.partNumber ?? "",
    pythonText(record.lastStage),
    record.lastStatus,
    pythonText(record.customSerialNumber),
  ];
}

/** As Python writes it, but for lists and objects, which stay JSON. */
function pythonText(value: unknown): string {
  if (value === null) return "";
  if (typeof value === "boolean") return value ? "True" : "False";
  return textOf(value) ?? JSON.stringify(value);
}
