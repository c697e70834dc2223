import { optional } from "../../system/schema.ts";
import {
  measurementType,
  number,
  numberOrNull,
  operationOrNull,
  text,
  textOrNull,
  truth,
  truthOrNull,
} from "./fields.ts";
import { numberIn } from "./scalar_text.ts";
import { choice, type ChoiceSchema, object } from "./schema.ts";

const common = {
  type: optional(measurementType),
  name: optional(textOrNull),
  operation: optional(operationOrNull),
  result: optional(truthOrNull),
};

const numeric = object("numeric measurement", {
  ...common,
  value: number,
  unit: optional(textOrNull),
  "comparison_value": optional(numberOrNull),
  "lower_limit": optional(numberOrNull),
  "upper_limit": optional(numberOrNull),
});

const string = object("string measurement", {
  ...common,
  value: text,
  casesensitive: optional(truth),
  "comparison_value": optional(textOrNull),
});

/**
 * HardPy tries both kinds, whatever `type` says (it takes a numeric value under
 * `"type": "string"`). Only one of them can take a given measurement, or both
 * would: the one that could is chosen here, so that its problems are told and
 * not those of the other.
 */
export const measurement: ChoiceSchema = choice((found) =>
  isString(found) ? string : numeric
);

function isString(found: Readonly<Record<string, unknown>>): boolean {
  const { value, type } = found;
  const hasStringKey = Object.hasOwn(found, "casesensitive");
  if (typeof value !== "string") return type === "string" && hasStringKey;
  // A text like "12" is a number for HardPy where nothing speaks against it.
  return hasStringKey || !isNumber(value) ||
    typeof found["comparison_value"] === "string" &&
      !isNumber(found["comparison_value"]);
}

function isNumber(text: string): boolean {
  return numberIn(text) !== undefined;
}
