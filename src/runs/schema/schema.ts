import { type Field, list, mapping, type Refusal } from "./fields.ts";

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
  readonly tests: ReadonlyMap<string, KeyTest>;
  readonly requiredCount: number;
}

/** What one key of an object must hold. */
export interface KeyTest {
  readonly accepts: (value: unknown) => boolean;
  /** What is said when it does not. */
  readonly refusal: Refusal;
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
    tests: new Map(tests),
    requiredCount: tests.filter(([, { isRequired }]) => isRequired).length,
  };
}

function keyTest(
  field: Field | OptionalField,
  inside: Schema | undefined,
): KeyTest {
  const isOptional = "optional" in field;
  const { accepts, refusal } = isOptional ? field.optional : field;
  return { accepts, refusal, isRequired: !isOptional, inside };
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
