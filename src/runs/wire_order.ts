import { onOneLine } from "./json/layout.ts";
import type { Slice } from "./json/slices.ts";
import {
  type Field,
  measurementShapeOf,
  perShape,
  type Shape,
  shapeOf,
} from "./wire_shape.ts";

/** A whole number with a fraction or an exponent, which its field does not keep. */
const SPELLED_OUT =
  /"(?:start_time|stop_time|attempt|number|error_code)"\s*:\s*-?\d+[.eE]/;

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
  if (!hasShape(value, shapeOf(value))) return undefined;
  const source = text.slice(start, end);
  return SPELLED_OUT.test(source) ? undefined : onOneLine(source);
}

/** Whether it has just the keys of the shape, in that order, with nothing to convert in them. */
function hasShape(value: unknown, shape: Shape): boolean {
  if (!isObject(value)) return false;
  const { names, fields } = fieldsOf(shape);
  const keys = Object.keys(value);
  if (keys.length !== names.length) return false;
  // Faster than asking for each by its key: objects have many shapes.
  const values = Object.values(value);
  return names.every((name, index) =>
    name === keys[index] && isAsSent(values[index], fields[index] ?? {})
  );
}

const fieldsOf = perShape((shape) => ({
  names: Object.keys(shape),
  fields: Object.values(shape),
}));

function isAsSent(value: unknown, { kind, holds, shape }: Field): boolean {
  if (value === null) return true;
  switch (holds) {
    case "info":
      return isMapOf(value, (one) => typeof one !== "boolean");
    case "map":
      return shape === undefined ||
        isMapOf(value, (one) => hasShape(one, shape));
    case "measurements":
      return isListOf(
        value,
        (one) => isObject(one) && hasShape(one, measurementShapeOf(one)),
      );
    case "list":
      return shape === undefined ||
        isListOf(value, (one) => hasShape(one, shape));
    case "series":
      return isListOf(value, (list) => isListOf(list, isNumber));
    case "object":
      return shape === undefined || hasShape(value, shape);
    default:
      return isOfKind(value, kind);
  }
}

function isOfKind(value: unknown, kind: Field["kind"]): boolean {
  switch (kind) {
    case "whole number":
    case "number":
      return isNumber(value);
    case "true or false":
      return typeof value === "boolean";
    case "info value":
      return typeof value !== "boolean";
    default:
      return true;
  }
}

function isMapOf(value: unknown, holds: (one: unknown) => boolean): boolean {
  return isObject(value) && Object.values(value).every(holds);
}

function isListOf(value: unknown, holds: (one: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(holds);
}

function isNumber(value: unknown): boolean {
  return typeof value === "number";
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
