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
  /** Whether a value that is accepted, and not null, is sent just as it is. */
  readonly isAsSent: (value: unknown) => boolean;
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
  readonly rows: readonly Row[];
  /** The same by their keys, and by the names that the storage has for them. */
  readonly byKey: ReadonlyMap<string, Row>;
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
export interface Row extends Type {
  readonly key: string;
  /** The key as the wire form has it, with its colon. */
  readonly prefix: string;
  /** HardPy refuses an object without it. */
  readonly isRequired: boolean;
  /** JSON text that the wire form has where it is missing; without one it stays missing. */
  readonly default: string | undefined;
  /** What the storage calls it, instead or beside. */
  readonly storedAs: string | undefined;
}

type RowOfKey = Omit<Row, "key" | "prefix">;

export type Rows = Readonly<Record<string, RowOfKey>>;

export function orNull(type: Type): Type {
  const { accepts, refusal: { expected, types } } = type;
  return {
    ...type,
    accepts: (value) => value === null || accepts(value),
    refusal: {
      expected: `${expected.replace(" or ", ", ")} or null`,
      types: [...types, "null"],
    },
  };
}

/** @param fallback without one, an object is written even where it is missing. */
export function required(
  type: Type,
  fallback = type.holds.kind === "object" ? type.holds.empty : undefined,
): RowOfKey {
  return row(type, { isRequired: true, default: fallback });
}

export function optional(type: Type, fallback = defaultOf(type)): RowOfKey {
  return row(type, { default: fallback });
}

/** A name that some of HardPy's storages write with an underscore. */
export function stored(type: Type, storedAs: string): RowOfKey {
  return row(type, { storedAs });
}

function row(type: Type, rest: Partial<RowOfKey>): RowOfKey {
  const nothing = {
    isRequired: false,
    default: undefined,
    storedAs: undefined,
  };
  return { ...type, ...nothing, ...rest };
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

const anObject = {
  accepts: isObject,
  refusal: { expected: "an object", types: ["object"] },
} as const;

const aList = {
  accepts: Array.isArray,
  refusal: { expected: "a list", types: ["list"] },
} as const;

export function object(name: string, table: Rows): ObjectType {
  const rows = Object.entries(table)
    .map(([key, row]): Row => ({ key, prefix: `"${key}":`, ...row }));
  const names = rows.flatMap((row) =>
    [row.key, row.storedAs ?? row.key].map((name) => [name, row] as const)
  );
  const given = rows.filter((row) => row.default !== undefined)
    .map((row) => row.prefix + row.default);
  const holds: ObjectModel = {
    kind: "object",
    name,
    rows,
    byKey: new Map(names),
    requiredCount: rows.filter(({ isRequired }) => isRequired).length,
    empty: `{${given.join(",")}}`,
  };
  return { ...anObject, isAsSent: (value) => isInOrder(value, holds), holds };
}

/** Whether it has just the keys of the model, in their order, and all they hold is as it is sent. */
function isInOrder(value: unknown, { rows }: ObjectModel): boolean {
  if (!isObject(value)) return false;
  const keys = Object.keys(value);
  if (keys.length !== rows.length) return false;
  // Faster than asking for each by its key: objects have many shapes.
  const values = Object.values(value);
  for (let index = 0; index < rows.length; index++) {
    const { key, isAsSent } = rows[index] as Row;
    const inner = values[index];
    if (key !== keys[index] || inner !== null && !isAsSent(inner)) return false;
  }
  return true;
}

export function choice(
  checkedBy: Choice["checkedBy"],
  sentBy: Choice["sentBy"],
): Type {
  return {
    ...anObject,
    isAsSent: (value) => isObject(value) && isInOrder(value, sentBy(value)),
    holds: { kind: "choice", checkedBy, sentBy },
  };
}

export const dictionary: Type = {
  ...anObject,
  isAsSent: () => true,
  holds: { kind: "anything" },
};

export function mapOf(elements: Type): Type {
  const { isAsSent } = elements;
  return {
    ...anObject,
    isAsSent: (value) =>
      isObject(value) && Object.values(value).every(isAsSent),
    holds: { kind: "map", elements },
  };
}

export function listOf(elements: Type): Type {
  const { isAsSent } = elements;
  return {
    ...aList,
    isAsSent: (value) => Array.isArray(value) && value.every(isAsSent),
    holds: { kind: "list", elements },
  };
}
