import { onOneLine } from "./json/layout.ts";
import type { Slice } from "./json/slices.ts";
import { RUN_MODELS, sentModelOf } from "./model/run_models.ts";
import type { ObjectModel, ScalarKind, Type } from "./model/types.ts";
import { isObject } from "./values.ts";

/**
 * The text of a document that is in wire form already, as HardPy's JsonLoader
 * writes it, without its line breaks; undefined for any other. To see that takes
 * a fraction of the time that `wireForm` takes.
 *
 * @param value the document, parsed; HardPy's schema takes it, and no key stands twice.
 */
export function inWireForm(
  text: string,
  { start, end }: Slice,
  value: unknown,
): string | undefined {
  if (!isInOrder(value, sentModelOf(value))) return undefined;
  const source = text.slice(start, end);
  return SPELLED_OUT.test(source) ? undefined : onOneLine(source);
}

/** Whether it has just the keys of the model, in that order, with nothing to convert in them. */
function isInOrder(value: unknown, { fields }: ObjectModel): boolean {
  if (!isObject(value)) return false;
  const keys = Object.keys(value);
  if (keys.length !== fields.length) return false;
  // Faster than asking for each by its key: objects have many shapes.
  const values = Object.values(value);
  for (let index = 0; index < fields.length; index++) {
    const { key, type } = fields[index] as typeof fields[number];
    if (key !== keys[index] || !isAsSent(type, values[index])) return false;
  }
  return true;
}

function isAsSent({ holds }: Type, value: unknown): boolean {
  if (value === null) return true;
  switch (holds.kind) {
    case "scalar":
      return SPELLED[holds.scalar](value);
    case "list": {
      const { elements } = holds;
      return Array.isArray(value) &&
        value.every((one) => isAsSent(elements, one));
    }
    case "map": {
      const { elements } = holds;
      return isObject(value) &&
        Object.values(value).every((one) => isAsSent(elements, one));
    }
    case "object":
      return isInOrder(value, holds);
    case "choice":
      return isObject(value) && isInOrder(value, holds.sentBy(value));
    case "anything":
      return true;
  }
}

const SPELLED: Readonly<Record<ScalarKind, (value: unknown) => boolean>> = {
  "text": () => true,
  "whole number": (value) => typeof value === "number",
  "number": (value) => typeof value === "number",
  "true or false": (value) => typeof value === "boolean",
  "info value": (value) => typeof value !== "boolean",
};

/** A whole number with a fraction or an exponent, which its field does not keep. */
const SPELLED_OUT = new RegExp(
  `"(?:${
    [...new Set(wholeNumbersOf(RUN_MODELS.D))].join("|")
  })"\\s*:\\s*-?\\d+[.eE]`,
);

/** Keys of all whole numbers in a type. */
function wholeNumbersOf({ holds }: Type): string[] {
  switch (holds.kind) {
    case "list":
    case "map":
      return wholeNumbersOf(holds.elements);
    case "object":
      return holds.fields.flatMap(({ key, type }) =>
        type.holds.kind === "scalar" && type.holds.scalar === "whole number"
          ? [key]
          : wholeNumbersOf(type)
      );
    default:
      return [];
  }
}
