import type { Generation } from "../model/generation.ts";
import { RUN_MODELS } from "../model/run_models.ts";
import type { Holds, ObjectModel, Type } from "../model/types.ts";
import type { Fields } from "../values.ts";
import { identityProblems } from "./identity.ts";
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
  const run = RUN_MODELS[generation];
  const found: SchemaProblem[] = [];
  if (run.accepts(value)) {
    for (const { key, kind } of identityProblems(value as object)) {
      const place = { parent: undefined, key };
      const field = run.holds.byKey.get(key);
      found.push(
        kind === "missing" && field !== undefined
          ? missing(run.holds.name, field.type.refusal, place)
          : unknownKey(run.holds.name, place),
      );
    }
  }
  check(run, value, { place: undefined, found });
  return found;
}

interface At {
  readonly place: Place | undefined;
  readonly found: SchemaProblem[];
}

function check(
  { accepts, refusal, holds }: Type,
  value: unknown,
  at: At,
): void {
  if (!accepts(value)) at.found.push(wrong(refusal, value, at.place));
  else if (hasInside(value)) checkInside(holds, value, at);
}

type Inside = Fields | readonly unknown[];

function hasInside(value: unknown): value is Inside {
  return typeof value === "object" && value !== null;
}

/** @param value one that is accepted by the type that `holds` is of. */
function checkInside(holds: Holds, value: Inside, at: At): void {
  switch (holds.kind) {
    case "list":
    case "map":
      return checkElements(holds.elements, value, at);
    case "object":
      return checkObject(holds, value as Fields, at);
    case "choice":
      return checkObject(holds.checkedBy(value as Fields), value as Fields, at);
  }
}

function checkElements(
  elements: Type,
  value: Inside,
  { place, found }: At,
): void {
  const { accepts } = elements;
  const checkElement = (key: string | number, element: unknown) => {
    // A million numbers of a chart need no million places.
    if (accepts(element) && !hasInside(element)) return;
    check(elements, element, { place: { parent: place, key }, found });
  };
  if (Array.isArray(value)) {
    value.forEach((element, index) => checkElement(index, element));
  } else {
    const inner = Object.values(value as Fields);
    Object.keys(value).forEach((key, at) => checkElement(key, inner[at]));
  }
}

function checkObject(
  { name, byKey, fields, requiredCount }: ObjectModel,
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
    const field = byKey.get(key);
    if (field?.isRequired) count++;
    if (field === undefined) {
      found.push(unknownKey(name, { parent: place, key }));
    } else if (!field.type.accepts(inner)) {
      found.push(wrong(field.type.refusal, inner, { parent: place, key }));
    } else if (hasInside(inner)) {
      const at = { place: { parent: place, key }, found };
      checkInside(field.type.holds, inner, at);
    }
  }
  if (count === requiredCount) return;
  const absent = fields
    .filter(({ key, isRequired }) => isRequired && !Object.hasOwn(value, key))
    .map(({ key, type }) =>
      missing(name, type.refusal, { parent: place, key })
    );
  found.splice(start, 0, ...absent);
}
