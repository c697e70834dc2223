import {
  type Fields,
  fieldsOf,
  isNumber,
  isPlaceholder,
} from "../../runs/values.ts";
import { type LeftOut, RUN_STATUSES, type RunStatus } from "../events.ts";
import { cleanText } from "./texts.ts";

/** What a run says of itself. Null where it is missing. */
export interface RunFacts {
  readonly status: RunStatus;
  /** In seconds since 1970. */
  readonly start: number | null;
  readonly stop: number | null;
  /** The start, else the stop. */
  readonly time: number;
  readonly partNumber: string | null;
  readonly serialNumber: string | null;
  /** Its name, else its hardware id. */
  readonly stand: string | null;
  readonly standName: string | null;
  readonly hardwareId: string | null;
  readonly batch: string | null;
  readonly operator: string | null;
  readonly process: string | null;
  /** The run's name. */
  readonly plan: string | null;
  readonly timezone: string | null;
}

/** A JSON number; NaN and Infinity are none. */
export function finiteNumber(value: unknown): number | null {
  return isNumber(value) && Number.isFinite(value) ? value : null;
}

/** Why the document is no run that counts, or what it says. */
export function runFactsOf(
  run: Fields,
): RunFacts | Extract<LeftOut, "unfinished" | "no_time"> {
  const status = RUN_STATUSES.find((one) => one === run["status"]);
  if (status === undefined) return "unfinished";
  const start = finiteNumber(run["start_time"]);
  const stop = finiteNumber(run["stop_time"]);
  const time = start ?? stop;
  if (time === null) return "no_time";
  const dut = fieldsOf(run["dut"]);
  const stand = fieldsOf(run["test_stand"]);
  const hardwareId = cleanText(stand["hw_id"]);
  const serialNumber = cleanText(dut["serial_number"]);
  const standName = knownText(stand["name"]);
  const plan = cleanText(run["name"]);
  return {
    status,
    start,
    stop,
    time,
    partNumber: knownText(dut["part_number"]),
    serialNumber: isPlaceholder(serialNumber) ? null : serialNumber,
    stand: standName ?? hardwareId,
    standName,
    hardwareId,
    batch: cleanText(run["batch_serial_number"]),
    operator: cleanText(run["user"]),
    process: processOf(fieldsOf(run["process"])) ?? plan,
    plan,
    timezone: cleanText(stand["timezone"]),
  };
}

/** HardPy 0.16 and later writes `unknown` for a missing name. */
function knownText(value: unknown): string | null {
  const text = cleanText(value);
  return text?.toLowerCase() === "unknown" ? null : text;
}

function processOf({ name, number }: Fields): string | null {
  const found = finiteNumber(number);
  return cleanText(name) ?? (found === null ? null : `#${found}`);
}

const MANUAL_MODE = " Manual mode";

/** HardPy's manual mode: only chosen cases ran. */
export function isManual(run: Fields): boolean {
  const { name } = run;
  return typeof name === "string" && name.endsWith(MANUAL_MODE);
}
