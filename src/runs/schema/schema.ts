import { type optional, strictObject } from "../../system/schema.ts";
import { type Field, list, mapping, testOf } from "./fields.ts";

type OptionalField = ReturnType<typeof optional<Field>>;

/** The keys of an object: each is required unless `optional`, and there are no others. */
export type Fields = Readonly<Record<string, Field | OptionalField>>;

/** How one value of a run document is checked. */
export type Schema = ObjectSchema | ElementsSchema | ValueSchema | ChoiceSchema;

export interface ObjectSchema {
  readonly kind: "object";
  /** What the object is: "test case". */
  readonly name: string;
  readonly field: Field;
  /** Says everything that is wrong with the fields of an object. */
  readonly fields: ReturnType<typeof strictObject>;
  /** The same for the common case that nothing is wrong, several times faster. */
  readonly tests: ReadonlyMap<string, KeyTest>;
  readonly requiredCount: number;
}

export interface KeyTest {
  readonly accepts: (value: unknown) => boolean;
  readonly isRequired: boolean;
  /** What is inside, once the field itself is right. */
  readonly inside: Schema | undefined;
}

/** An object with any keys, or a list, whose elements are alike. */
export interface ElementsSchema {
  readonly kind: "elements";
  readonly field: Field;
  readonly elements: Schema;
}

export interface ValueSchema {
  readonly kind: "value";
  readonly field: Field;
}

/** An object whose other keys tell which schema it has. */
export interface ChoiceSchema {
  readonly kind: "choice";
  readonly field: Field;
  readonly choose: (value: Readonly<Record<string, unknown>>) => ObjectSchema;
}

/** @param inside schemas for what the objects and lists among `fields` hold. */
export function object(
  name: string,
  fields: Fields,
  inside: Readonly<Record<string, Schema>> = {},
): ObjectSchema {
  const tests = Object.entries(fields).map(([key, field]) =>
    [key, keyTest(field, inside[key])] as const
  );
  return {
    kind: "object",
    name,
    field: mapping,
    fields: strictObject({ ...fields }),
    tests: new Map(tests),
    requiredCount: tests.filter(([, { isRequired }]) => isRequired).length,
  };
}

function keyTest(
  field: Field | OptionalField,
  inside: Schema | undefined,
): KeyTest {
  const isOptional = "innerType" in field.def;
  const inner = isOptional ? (field as OptionalField).def.innerType : field;
  return { accepts: testOf(inner as Field), isRequired: !isOptional, inside };
}

export function mapOf(elements: Schema): ElementsSchema {
  return { kind: "elements", field: mapping, elements };
}

export function listOf(elements: Schema): ElementsSchema {
  return { kind: "elements", field: list, elements };
}

export function value(field: Field): ValueSchema {
  return { kind: "value", field };
}

export function choice(choose: ChoiceSchema["choose"]): ChoiceSchema {
  return { kind: "choice", field: mapping, choose };
}
