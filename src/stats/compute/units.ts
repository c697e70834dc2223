import type { RunTable } from "../collect/run_table.ts";
import { compareTexts } from "../collect/texts.ts";
import type { UnitEvent } from "../events.ts";
import { utcText } from "../times.ts";
import type { RunOrder } from "./run_order.ts";

/** A serial number of a part number in a process. */
export interface Unit {
  /** In order, also those that do not fit the filters. */
  readonly runs: readonly number[];
  /** Its runs with a verdict. */
  readonly attempts: readonly number[];
}

/** The units of all runs, in the order of their first runs. */
export function unitsOf(table: RunTable, { runs }: RunOrder): Unit[] {
  const byKey = new Map<number, number[]>();
  const products = new Map<number, number>();
  for (const run of runs) {
    const serial = table.idOf(run, "serialNumber");
    if (serial === 0) continue;
    const key = pairKey(
      number(products, productKey(table, run)),
      serial,
    );
    const known = byKey.get(key);
    // Most units have one run: an array that begins with it takes the least memory.
    if (known === undefined) byKey.set(key, [run]);
    else known.push(run);
  }
  return [...byKey.values()].map((runs) => ({
    runs,
    attempts: runs.every((run) => table.hasVerdict(run))
      ? runs
      : runs.filter((run) => table.hasVerdict(run)),
  }));
}

function productKey(table: RunTable, run: number): number {
  return pairKey(table.idOf(run, "partNumber"), table.idOf(run, "process"));
}

/** One number for two, of which the first is below two millions. */
export function pairKey(first: number, second: number): number {
  return first * 2 ** 32 + second;
}

/** Numbers keys in the order of their coming. */
function number(numbers: Map<number, number>, key: number): number {
  const known = numbers.get(key);
  if (known !== undefined) return known;
  numbers.set(key, numbers.size);
  return numbers.size - 1;
}

/** The run that says where a unit belongs: its first attempt, else its first run. */
export function placingRun({ runs, attempts }: Unit): number {
  return attempts[0] ?? runs[0] ?? 0;
}

/** Whether it belongs to what the filters ask for; then all its attempts count. */
export function isIncluded(table: RunTable, unit: Unit): boolean {
  return table.fits(placingRun(unit));
}

/** Whether it was ever judged. */
export function isDecided({ attempts }: Unit): boolean {
  return attempts.length > 0;
}

export function passedFirst(table: RunTable, { attempts }: Unit): boolean {
  return attempts[0] !== undefined && table.hasPassed(attempts[0]);
}

export function passedLast(table: RunTable, { attempts }: Unit): boolean {
  const last = attempts.at(-1);
  return last !== undefined && table.hasPassed(last);
}

/** Whether one of the first attempts passed. */
export function passedWithin(
  table: RunTable,
  { attempts }: Unit,
  most = Infinity,
): boolean {
  return attempts.slice(0, most).some((run) => table.hasPassed(run));
}

/** Whether the `unit` event is about it. */
export function isRemarkable(table: RunTable, unit: Unit): boolean {
  return unit.attempts.length >= 2 ||
    unit.attempts.length === 1 && !passedLast(table, unit);
}

export function unitEvent(table: RunTable, unit: Unit): UnitEvent {
  const { runs, attempts } = unit;
  const first = placingRun(unit);
  const last = attempts.at(-1) ?? first;
  const times = attempts.map((run) => table.timeOf(run));
  const stands = new Set(attempts.map((run) => table.textOf(run, "stand")));
  return {
    event: "unit",
    "part_number": table.textOf(first, "partNumber"),
    process: table.textOf(first, "process"),
    "serial_number": table.textOf(first, "serialNumber") ?? "",
    state: stateOf(table, unit),
    attempts: attempts.length,
    runs: runs.length,
    "first_status": table.statusOf(first),
    "last_status": table.statusOf(last),
    "first_time": utcText(Math.min(...times) * 1000),
    "last_time": utcText(Math.max(...times) * 1000),
    stands: [...stands].sort(compareTexts),
  };
}

function stateOf(table: RunTable, unit: Unit): UnitEvent["state"] {
  if (!passedLast(table, unit)) {
    return passedWithin(table, unit) ? "failed_after_pass" : "not_passed";
  }
  return passedFirst(table, unit) ? "retested_after_pass" : "passed_on_retest";
}

export function compareUnits(a: UnitEvent, b: UnitEvent): number {
  return compareTexts(a.part_number, b.part_number) ||
    compareTexts(a.process, b.process) ||
    compareTexts(a.serial_number, b.serial_number);
}
