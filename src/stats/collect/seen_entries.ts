import type { Fields } from "../../runs/values.ts";
import type { Limits, MeasurementKind } from "../figures.ts";

/** The fields of a measurement in which runs of one plan seldom differ. */
export interface SeenEntry {
  readonly kind: MeasurementKind;
  readonly name: unknown;
  readonly unit: unknown;
  readonly operation: unknown;
  readonly lower: unknown;
  readonly upper: unknown;
  readonly comparison: unknown;
  /** What the fields above mean. */
  readonly limits: Limits;
  /** The number of its limit set, and so of its measurement. */
  readonly set: number;
}

export function kindOf({ value, type }: Fields): MeasurementKind {
  const isText = typeof value === "string" ||
    (value ?? null) === null && type === "string";
  return isText ? "string" : "numeric";
}

/** Whether a measurement has the same name, unit and limits as the one at its place in the last run. */
export function isAsSeen(entry: Fields, seen: SeenEntry): boolean {
  return entry["name"] === seen.name &&
    entry["lower_limit"] === seen.lower &&
    entry["upper_limit"] === seen.upper &&
    entry["comparison_value"] === seen.comparison &&
    entry["operation"] === seen.operation &&
    entry["unit"] === seen.unit &&
    kindOf(entry) === seen.kind;
}

export function seenEntry(
  entry: Fields,
  limits: Limits,
  set: number,
): SeenEntry {
  return {
    kind: kindOf(entry),
    name: entry["name"],
    unit: entry["unit"],
    operation: entry["operation"],
    lower: entry["lower_limit"],
    upper: entry["upper_limit"],
    comparison: entry["comparison_value"],
    limits,
    set,
  };
}
