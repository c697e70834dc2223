import { runC, runD } from "./current_schema.ts";
import { runA, runB } from "./early_schema.ts";
import { text } from "./fields.ts";
import type { Generation } from "./generation.ts";
import { identityProblems } from "./identity.ts";
import {
  missing,
  type Place,
  type SchemaProblem,
  unknownKey,
  wrong,
} from "./problem.ts";
import type { ElementsSchema, ObjectSchema, Schema } from "./schema.ts";

const RUNS = { A: runA, B: runB, C: runC, D: runD };

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
  const run = RUNS[generation];
  const found: SchemaProblem[] = [];
  if (run.field.accepts(value)) {
    for (const { key, kind } of identityProblems(value as object)) {
      const place = { parent: undefined, key };
      found.push(
        kind === "missing"
          ? missing(run.name, text.refusal, place)
          : unknownKey(run.name, place),
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

function check(schema: Schema, value: unknown, at: At): void {
  if (!schema.field.accepts(value)) {
    at.found.push(wrong(schema.field.refusal, value, at.place));
  } else {
    checkInside(schema, value, at);
  }
}

/** @param value one that `schema.field` accepts. */
function checkInside(schema: Schema, value: unknown, at: At): void {
  if (schema.kind === "value") return;
  const members = value as Readonly<Record<string, unknown>>;
  if (schema.kind === "elements") {
    checkElements(schema, members, at);
  } else {
    checkObject(
      schema.kind === "choice" ? schema.choose(members) : schema,
      members,
      at,
    );
  }
}

function checkElements(
  { elements }: ElementsSchema,
  value: Readonly<Record<string, unknown>>,
  { place, found }: At,
): void {
  const { accepts } = elements.field;
  const checkElement = (key: string | number, element: unknown) => {
    // A million numbers of a chart need no million places.
    if (elements.kind === "value" && accepts(element)) return;
    check(elements, element, { place: { parent: place, key }, found });
  };
  if (Array.isArray(value)) {
    value.forEach((element, index) => checkElement(index, element));
  } else {
    const inner = Object.values(value);
    Object.keys(value).forEach((key, at) => checkElement(key, inner[at]));
  }
}

function checkObject(
  schema: ObjectSchema,
  value: Readonly<Record<string, unknown>>,
  { place, found }: At,
): void {
  const { name, tests } = schema;
  const start = found.length;
  let required = 0;
  const keys = Object.keys(value);
  // Faster than asking for each by its key: objects have many shapes.
  const values = Object.values(value);
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index] as string;
    const inner = values[index];
    const test = tests.get(key);
    if (test?.isRequired) required++;
    if (test === undefined) {
      found.push(unknownKey(name, { parent: place, key }));
    } else if (!test.accepts(inner)) {
      found.push(wrong(test.refusal, inner, { parent: place, key }));
    } else if (test.inside !== undefined && inner !== null) {
      checkInside(test.inside, inner, { place: { parent: place, key }, found });
    }
  }
  if (required === schema.requiredCount) return;
  const absent = [...tests]
    .filter(([key, test]) => test.isRequired && !Object.hasOwn(value, key))
    .map(([key, { refusal }]) =>
      missing(name, refusal, { parent: place, key })
    );
  found.splice(start, 0, ...absent);
}
