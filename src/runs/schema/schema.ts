import {
  custom,
  optional as optionally,
  strictObject,
} from "../../system/schema.ts";
import { type Field, list, mapping } from "./fields.ts";

export interface OptionalField {
  readonly optional: Field;
}

export function optional(field: Field): OptionalField {
  return { optional: field };
}

/** The keys of an object: each is required unless `optional`, and there are no others. */
export type Fields = Readonly<Record<string, Field | OptionalField>>;

/** How one value of a run document is checked. */
export type Schema = ObjectSchema | ElementsSchema | ValueSchema | ChoiceSchema;

export interface ObjectSchema {
  readonly kind: "object";
  /** What the object is: "test case". */
  readonly name: string;
  readonly field: Field;
  /** Says everything that is wrong with the fields of an object; made when something is. */
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
  let made: ReturnType<typeof strictObject> | undefined;
  return {
    kind: "object",
    name,
    field: mapping,
    get fields() {
      return made ??= strictObject(inZod(fields));
    },
    tests: new Map(tests),
    requiredCount: tests.filter(([, { isRequired }]) => isRequired).length,
  };
}

function keyTest(
  field: Field | OptionalField,
  inside: Schema | undefined,
): KeyTest {
  const isOptional = "optional" in field;
  const { accepts } = isOptional ? field.optional : field;
  return { accepts, isRequired: !isOptional, inside };
}

function inZod(fields: Fields): Parameters<typeof strictObject>[0] {
  const entries = Object.entries(fields).map(([key, field]) =>
    "optional" in field
      ? [key, optionally(fieldInZod(field.optional))] as const
      : [key, fieldInZod(field)] as const
  );
  return Object.fromEntries(entries);
}

function fieldInZod(
  { accepts, refusal }: Field,
): ReturnType<typeof custom> {
  return custom(accepts, { params: { ...refusal } });
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
