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
import { isMeantAsString } from "./measurement_kind.ts";
import { choice, type ChoiceSchema, object, optional } from "./schema.ts";

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
 * HardPy tries both kinds, whatever `type` says: it takes a number under
 * `"type": "string"`. The kind that could take the measurement is chosen; where
 * neither can, the one that its author meant, so that one list of problems is
 * told and not two.
 */
export const measurement: ChoiceSchema = choice((found) =>
  isMeantAsString(found) ? string : numeric
);
