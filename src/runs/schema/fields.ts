import { numberIn, truthIn, wholeNumberIn } from "./scalar_text.ts";

/** A field of a run document, as pydantic 2 in its lax mode takes it from a Python dictionary. */
export interface Field {
  accepts(value: unknown): boolean;
  readonly refusal: Refusal;
}

type JsonType = "string" | "number" | "boolean" | "object" | "list" | "null";

/** What a field says when it refuses a value. */
export interface Refusal {
  /** Follows "must be". */
  readonly expected: string;
  /** Types of which it takes some values. */
  readonly types: readonly JsonType[];
}

function field(refusal: Refusal, accepts: Field["accepts"]): Field {
  return { accepts, refusal };
}

function orNull({ accepts, refusal: { expected, types } }: Field): Field {
  return field(
    {
      expected: `${expected.replace(" or ", ", ")} or null`,
      types: [...types, "null"],
    },
    (value) => value === null || accepts(value),
  );
}

/** What `value` is, in JSON's words. */
export function typeOf(value: unknown): JsonType {
  if (value === null) return "null";
  return Array.isArray(value) ? "list" : typeof value as JsonType;
}

export const text: Field = field(
  { expected: "a text", types: ["string"] },
  (value) => typeof value === "string",
);

/** The numbers 3 and 3.0, true as 1, and a text that spells a whole number. */
export const wholeNumber: Field = field(
  { expected: "a whole number", types: ["number", "string", "boolean"] },
  (value) =>
    Number.isInteger(value) || typeof value === "boolean" ||
    typeof value === "string" && wholeNumberIn(value) !== undefined,
);

/** Any number, true as 1, and a text that spells a number. */
export const number: Field = field(
  { expected: "a number", types: ["number", "string", "boolean"] },
  (value) =>
    typeof value === "number" || typeof value === "boolean" ||
    typeof value === "string" && numberIn(value) !== undefined,
);

/** Also 1 and 0, and the words of `truthIn`. */
export const truth: Field = field(
  { expected: "true or false", types: ["boolean", "number", "string"] },
  (value) =>
    typeof value === "boolean" || value === 1 || value === 0 ||
    typeof value === "string" && truthIn(value) !== undefined,
);

/** A free dictionary, or one whose values are checked on their own. */
export const mapping: Field = field(
  { expected: "an object", types: ["object"] },
  (value) =>
    typeof value === "object" && value !== null && !Array.isArray(value),
);

export const list: Field = field(
  { expected: "a list", types: ["list"] },
  Array.isArray,
);

export const textOrNull: Field = orNull(text);
export const wholeNumberOrNull: Field = orNull(wholeNumber);
export const numberOrNull: Field = orNull(number);
export const truthOrNull: Field = orNull(truth);
export const mappingOrNull: Field = orNull(mapping);

/** A value of an `info` in HardPy 0.15: true and false become 1 and 0. */
export const infoValue: Field = field(
  {
    expected: "a text, a number, true or false",
    types: ["string", "number", "boolean"],
  },
  (value) => ["string", "number", "boolean"].includes(typeof value),
);

/** A value of an `info` since HardPy 0.16. */
export const infoValueOrNull: Field = orNull(infoValue);

/** One of a few words, letter by letter. */
export function oneOf(...words: readonly string[]): Field {
  const known = new Set<unknown>(words);
  return field(
    {
      expected: `one of ${words.slice(0, -1).join(", ")} or ${words.at(-1)}`,
      types: ["string"],
    },
    (value) => known.has(value),
  );
}

export const status: Field = oneOf(
  "passed",
  "failed",
  "skipped",
  "error",
  "run",
  "ready",
  "stopped",
);

export const group: Field = oneOf("setup", "main", "teardown");

export const chartType: Field = oneOf(
  "line",
  "line_log_x",
  "line_log_y",
  "log_x_y",
);

export const measurementType: Field = oneOf("numeric", "string");

/** The first half of a word of four letters is for the lower limit, the second for the upper one. */
export const operationOrNull: Field = orNull(oneOf(
  ...["eq", "ne", "gt", "ge", "lt", "le"],
  ...["gtlt", "gele", "gelt", "gtle", "ltgt", "lege", "legt", "ltge"],
));
