import { textOf } from "../standcloud/exact_json.ts";
import type { TestRunRow } from "../standcloud/test_runs.ts";
import { type Moment, readMoment } from "./moment.ts";

/** One device with the stage of its last run. */
export interface DeviceRecord {
  readonly startTime: Moment;
  readonly serial: string | null;
  readonly partNumber: string | null;
  /** As the stand's `info` has it; null when the stand names none. */
  readonly lastStage: unknown;
  /** `FP`: passed, and no fail is known at this stage; `PASS`: passed after a fail. */
  readonly lastStatus: "FP" | "PASS" | "FAIL";
  /** `SerialNumber` of the device's `info`. */
  readonly customSerialNumber: unknown;
}

interface Latest extends Omit<DeviceRecord, "lastStatus"> {
  readonly hasPassed: boolean;
}

/**
 * The report "devices with last stage" of Everypin's SDK, from rows in any
 * order, each looked at once. It keeps one record for each device, and the
 * stages at which devices failed.
 */
export class DeviceReport {
  readonly #latest = new Map<string | null, Latest>();
  readonly #failed = new Set<string>();

  /** Leaves out a row without a start time. Of equal start times the first row counts. */
  add(row: TestRunRow): void {
    const { raw } = row;
    const startTime = readMoment(raw["start_time"]);
    if (startTime === undefined) return;
    const serial = ownText(row, "serial_number", row.serialNumber);
    const status = textOf(raw["status"])?.toLowerCase();
    const lastStage = memberOf(raw["test_stand_info"], "stage");
    if (status === "fail") this.#failed.add(keyOf(serial, lastStage));
    const known = this.#latest.get(serial)?.startTime.microseconds;
    if (known !== undefined && startTime.microseconds <= known) return;
    // In the order in which devices were first seen.
    this.#latest.set(serial, {
      startTime,
      serial,
      partNumber: ownText(row, "part_number", row.partNumber),
      lastStage,
      customSerialNumber: memberOf(raw["dut_info"], "SerialNumber"),
      hasPassed: status === "pass",
    });
  }

  /** Newest first; devices with equal times in the order in which they came. */
  records(): DeviceRecord[] {
    return [...this.#latest.values()]
      .sort((a, b) => b.startTime.microseconds - a.startTime.microseconds)
      .map(({ hasPassed, ...record }) => ({
        ...record,
        lastStatus: !hasPassed
          ? "FAIL"
          : this.#hasFailed(record)
          ? "PASS"
          : "FP",
      }));
  }

  #hasFailed({ serial, lastStage }: Omit<Latest, "hasPassed">): boolean {
    return lastStage !== null && this.#failed.has(keyOf(serial, lastStage));
  }
}

/** What the row itself says, also null; some services tell it in `dut_info` only. */
function ownText(
  { raw }: TestRunRow,
  key: string,
  otherwise: string | null,
): string | null {
  return key in raw ? textOf(raw[key]) : otherwise;
}

function memberOf(value: unknown, key: string): unknown {
  const isObject = typeof value === "object" && value !== null;
  return isObject && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key] ?? null
    : null;
}

function keyOf(serial: string | null, stage: unknown): string {
  return JSON.stringify([serial, stage]);
}
