import { heldAs, isMeantAsString } from "./measurement_kind.ts";
import { measurementType, number, operation, text, truth } from "./scalars.ts";
import {
  choice,
  object,
  optional,
  orNull,
  required,
  type Rows,
  type Type,
} from "./types.ts";

function begin(kind: "numeric" | "string"): Rows {
  return {
    type: optional(measurementType, JSON.stringify(kind)),
    name: optional(orNull(text)),
    operation: optional(orNull(operation)),
    result: optional(orNull(truth)),
  };
}

const { holds: numeric } = object("numeric measurement", {
  ...begin("numeric"),
  value: required(number),
  unit: optional(orNull(text)),
  "comparison_value": optional(orNull(number)),
  "lower_limit": optional(orNull(number)),
  "upper_limit": optional(orNull(number)),
});

const { holds: string } = object("string measurement", {
  ...begin("string"),
  value: required(text),
  casesensitive: optional(truth, "true"),
  "comparison_value": optional(orNull(text)),
});

/**
 * HardPy tries both kinds, whatever `type` says: it takes a number under
 * `"type": "string"`. The kind that could take the measurement is chosen; where
 * neither can, the one that its author meant, so that one list of problems is
 * told and not two.
 */
export const measurement: Type = choice(
  (found) => isMeantAsString(found) ? string : numeric,
  (found) => heldAs(found) === "string" ? string : numeric,
);
