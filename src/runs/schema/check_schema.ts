import type { Key } from "../json/pointer.ts";
import type { Generation } from "../model/generation.ts";
import { RUN_TYPES } from "../model/run_types.ts";
import type { Holds, ObjectModel, Row, Type } from "../model/types.ts";
import { type Fields, isObject } from "../values.ts";
import {
  missing,
  type Place,
  type SchemaProblem,
  unknownKey,
  wrong,
} from "./problem.ts";

/**
 * Everything for which HardPy's own pydantic model of that generation (read by
 * running 0.10.1, 0.12.0, 0.15.2, 0.16.0, 0.19.1 and 0.22.1) would refuse the
 * document, in the order of its keys; nothing when the model takes it. The
 * differences that remain are listed in `scripts/interop/differences.ts`.
 *
 * @param value what `JSON.parse` makes of the document, in wire or stored form.
 */
export function checkSchema(
  value: unknown,
  generation: Generation,
): SchemaProblem[] {
  const run = RUN_TYPES[generation];
  const found: SchemaProblem[] = [];
  if (isObject(value)) checkNames(run.holds, value, found);
  check(run, value, { place: undefined, found });
  return found;
}

/**
 * The storage's revision and key are both required, under either name. A report
 * that waits in the tempstore has `rev` and `_rev`, but none has `id` and `_id`.
 */
function checkNames(
  { name, byKey }: ObjectModel,
  run: Fields,
  found: SchemaProblem[],
): void {
  const has = (key: string) => Object.hasOwn(run, key);
  const lacks = (key: string) => {
    const { refusal } = byKey.get(key) as Row;
    found.push(missing(name, refusal, { parent: undefined, key }));
  };
  if (!has("rev") && !has("_rev")) lacks(has("id") ? "rev" : "_rev");
  if (!has("id") && !has("_id")) {
    lacks(has("rev") && !has("_rev") ? "id" : "_id");
  }
  if (has("id") && has("_id")) {
    found.push(unknownKey(name, { parent: undefined, key: "id" }));
  }
}

interface At {
  readonly place: Place | undefined;
  readonly found: SchemaProblem[];
}

function check(type: Type, value: unknown, at: At): void {
  if (!type.accepts(value)) at.found.push(wrong(type.refusal, value, at.place));
  else if (hasInside(value)) checkInside(type.holds, value, at);
}

function hasInside(value: unknown): value is Fields | readonly unknown[] {
  return typeof value === "object" && value !== null;
}

/** @param value an object or a list that the type accepts. */
function checkInside(holds: Holds, value: object, at: At): void {
  switch (holds.kind) {
    case "list":
    case "map":
      return checkElements(holds.elements, value, at);
    case "object":
      return checkObject(holds, value as Fields, at);
    case "choice": {
      const fields = value as Fields;
      return checkObject(holds.checkedBy(fields), fields, at);
    }
  }
}

function checkElements(type: Type, value: object, { place, found }: At): void {
  const { accepts } = type;
  const checkElement = (element: unknown, key: Key) => {
    // A million numbers of a chart need no million places.
    if (accepts(element) && !hasInside(element)) return;
    check(type, element, { place: { parent: place, key }, found });
  };
  if (Array.isArray(value)) value.forEach(checkElement);
  else {
    for (const [key, one] of Object.entries(value)) checkElement(one, key);
  }
}

function checkObject(
  { name, byKey, rows, requiredCount }: ObjectModel,
  value: Fields,
  { place, found }: At,
): void {
  const start = found.length;
  let count = 0;
  const keys = Object.keys(value);
  // Faster than asking for each by its key: objects have many shapes.
  const values = Object.values(value);
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index] as string;
    const inner = values[index];
    const row = byKey.get(key);
    if (row?.isRequired) count++;
    if (row === undefined) {
      found.push(unknownKey(name, { parent: place, key }));
    } else if (!row.accepts(inner)) {
      found.push(wrong(row.refusal, inner, { parent: place, key }));
    } else if (hasInside(inner)) {
      const at = { place: { parent: place, key }, found };
      checkInside(row.holds, inner, at);
    }
  }
  if (count === requiredCount) return;
  const absent = rows
    .filter(({ key, isRequired }) => isRequired && !Object.hasOwn(value, key))
    .map(({ key, refusal }) => missing(name, refusal, { parent: place, key }));
  found.splice(start, 0, ...absent);
}
