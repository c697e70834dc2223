import { type Fields, isObject } from "../values.ts";

/** What a scalar is for HardPy's model; its spelling on the wire depends on it. */
export type ScalarKind =
  | "text"
  | "whole number"
  | "number"
  | "true or false"
  | "info value";

export type JsonType =
  | "string"
  | "number"
  | "boolean"
  | "object"
  | "list"
  | "null";

/** What is said of a value that is refused. */
export interface Refusal {
  /** Follows "must be". */
  readonly expected: string;
  /** Types of which some values are taken. */
  readonly types: readonly JsonType[];
}

/** What a value of a run document is: how it is checked, filled and written follows from it. */
export interface Type {
  /**
   * As pydantic 2 in its lax mode takes it from a Python dictionary. What is
   * inside an object or a list has types of its own.
   */
  readonly accepts: (value: unknown) => boolean;
  readonly refusal: Refusal;
  readonly holds: Holds;
}

export type Holds =
  | { readonly kind: "scalar"; readonly scalar: ScalarKind }
  /** A dictionary whose keys and values are the test author's own. */
  | { readonly kind: "anything" }
  | Elements
  | ObjectModel
  | Choice;

/** A list, or an object with any keys, whose elements are alike. */
export interface Elements {
  readonly kind: "list" | "map";
  readonly elements: Type;
}

/** An object with fixed keys. */
export interface ObjectModel {
  readonly kind: "object";
  /** What the object is: "test case". */
  readonly name: string;
  /** In the order in which HardPy sends them. */
  readonly fields: readonly Field[];
  /** The same by their keys, and by the names that the storage has for them. */
  readonly byKey: ReadonlyMap<string, Field>;
  readonly requiredCount: number;
  /** The wire form of an object of which nothing is given. */
  readonly empty: string;
}

export interface ObjectType extends Type {
  readonly holds: ObjectModel;
}

/** An object whose keys and values tell which model it has. */
export interface Choice {
  readonly kind: "choice";
  /** By which model it is checked. */
  readonly checkedBy: (fields: Fields) => ObjectModel;
  /** By which model HardPy holds, and sends, what it has taken. */
  readonly sentBy: (fields: Fields) => ObjectModel;
}

/** One row of the table that an object's model is. */
interface Row {
  readonly type: Type;
  /** HardPy refuses an object without it. */
  readonly isRequired: boolean;
  /** JSON text that the wire form has where it is missing; without one it stays missing. */
  readonly default: string | undefined;
  /** What the storage calls it, instead or beside. */
  readonly storedAs?: string;
}

export interface Field extends Row {
  readonly key: string;
  /** The key as the wire form has it, with its colon. */
  readonly prefix: string;
}

export type Rows = Readonly<Record<string, Row>>;

/** All types are made here: the engine is fast with objects that are made alike. */
export function newType<H extends Holds>(
  holds: H,
  refusal: Refusal,
  accepts: Type["accepts"],
): Type & { readonly holds: H } {
  return { accepts, refusal, holds };
}

export function orNull({ accepts, refusal, holds }: Type): Type {
  const { expected, types } = refusal;
  return newType(
    holds,
    {
      expected: `${expected.replace(" or ", ", ")} or null`,
      types: [...types, "null"],
    },
    (value) => value === null || accepts(value),
  );
}

/** @param fallback without one, an object is written even where it is missing. */
export function required(type: Type, fallback?: string): Row {
  const isObject = type.holds.kind === "object";
  const byType = isObject ? defaultOf(type) : undefined;
  return { type, isRequired: true, default: fallback ?? byType };
}

export function optional(type: Type, fallback = defaultOf(type)): Row {
  return { type, isRequired: false, default: fallback };
}

/** A name that one place of HardPy's writes with an underscore. */
export function stored(storedAs: string, type: Type): Row {
  return { type, isRequired: false, default: undefined, storedAs };
}

function defaultOf({ refusal, holds }: Type): string | undefined {
  if (refusal.types.includes("null")) return "null";
  switch (holds.kind) {
    case "list":
      return "[]";
    case "map":
    case "anything":
      return "{}";
    case "object":
      return holds.empty;
    default:
      return undefined;
  }
}

const OBJECT: Refusal = { expected: "an object", types: ["object"] };
const LIST: Refusal = { expected: "a list", types: ["list"] };

export function object(name: string, rows: Rows): ObjectType {
  const fields = Object.entries(rows)
    .map(([key, row]): Field => ({ key, prefix: `"${key}":`, ...row }));
  const names = fields.flatMap((field) =>
    [field.key, field.storedAs ?? field.key]
      .map((name) => [name, field] as const)
  );
  const given = fields.filter((field) => field.default !== undefined)
    .map((field) => field.prefix + field.default);
  return newType(
    {
      kind: "object",
      name,
      fields,
      byKey: new Map(names),
      requiredCount: fields.filter(({ isRequired }) => isRequired).length,
      empty: `{${given.join(",")}}`,
    },
    OBJECT,
    isObject,
  );
}

export function choice(
  checkedBy: Choice["checkedBy"],
  sentBy: Choice["sentBy"],
): Type {
  return newType({ kind: "choice", checkedBy, sentBy }, OBJECT, isObject);
}

export const dictionary: Type = newType({ kind: "anything" }, OBJECT, isObject);

export function mapOf(elements: Type): Type {
  return newType({ kind: "map", elements }, OBJECT, isObject);
}

export function listOf(elements: Type): Type {
  return newType({ kind: "list", elements }, LIST, Array.isArray);
}
