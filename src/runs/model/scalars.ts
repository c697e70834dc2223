import { isNumber } from "../values.ts";
import { numberIn, truthIn, wholeNumberIn } from "./scalar_text.ts";
import type { ScalarKind, Type } from "./types.ts";

const IS_AS_SENT: Readonly<Record<ScalarKind, Type["isAsSent"]>> = {
  "text": () => true,
  "whole number": isNumber,
  "number": isNumber,
  "true or false": (value) => typeof value === "boolean",
  "info value": (value) => typeof value !== "boolean",
};

function scalar(
  kind: ScalarKind,
  refusal: Type["refusal"],
  accepts: Type["accepts"],
): Type {
  const isAsSent = IS_AS_SENT[kind];
  return {
    accepts,
    refusal,
    isAsSent,
    holds: { kind: "scalar", scalar: kind },
  };
}

export const text: Type = scalar(
  "text",
  { expected: "a text", types: ["string"] },
  (value) => typeof value === "string",
);

/** The numbers 3 and 3.0, true as 1, and a text that spells a whole number. */
export const wholeNumber: Type = scalar(
  "whole number",
  { expected: "a whole number", types: ["number", "string", "boolean"] },
  (value) =>
    Number.isInteger(value) || typeof value === "boolean" ||
    typeof value === "string" && wholeNumberIn(value) !== undefined,
);

/** Any number, true as 1, and a text that spells a number. */
export const number: Type = scalar(
  "number",
  { expected: "a number", types: ["number", "string", "boolean"] },
  (value) =>
    typeof value === "number" || typeof value === "boolean" ||
    typeof value === "string" && numberIn(value) !== undefined,
);

/** Also 1 and 0, and the words of `truthIn`. */
export const truth: Type = scalar(
  "true or false",
  { expected: "true or false", types: ["boolean", "number", "string"] },
  (value) =>
    typeof value === "boolean" || value === 1 || value === 0 ||
    typeof value === "string" && truthIn(value) !== undefined,
);

/** A value of an `info`: true and false become 1 and 0. */
export const infoValue: Type = scalar(
  "info value",
  {
    expected: "a text, a number, true or false",
    types: ["string", "number", "boolean"],
  },
  (value) => ["string", "number", "boolean"].includes(typeof value),
);

/** One of a few words, letter by letter. */
function oneOf(...words: readonly string[]): Type {
  const known = new Set<unknown>(words);
  return scalar(
    "text",
    {
      expected: `one of ${words.slice(0, -1).join(", ")} or ${words.at(-1)}`,
      types: ["string"],
    },
    (value) => known.has(value),
  );
}

export const status: Type = oneOf(
  ...["passed", "failed", "skipped", "error", "run", "ready", "stopped"],
);

export const group: Type = oneOf("setup", "main", "teardown");

export const chartType: Type = oneOf(
  ...["line", "line_log_x", "line_log_y", "log_x_y"],
);

export const measurementType: Type = oneOf("numeric", "string");

/** The first half of a word of four letters is for the lower limit, the second for the upper one. */
export const operation: Type = oneOf(
  ...["eq", "ne", "gt", "ge", "lt", "le"],
  ...["gtlt", "gele", "gelt", "gtle", "ltgt", "lege", "legt", "ltge"],
);
