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

type Test = (value: unknown) => boolean;

/** Whether it has just the keys of the shape, in that order, with nothing to convert in them. */
function hasShape(value: unknown, shape: Shape): boolean {
  if (!isObject(value)) return false;
  const tests = testsOf(shape);
  const keys = Object.keys(value);
  if (keys.length !== tests.length) return false;
  // Faster than asking for each by its key: objects have many shapes.
  const values = Object.values(value);
  for (let index = 0; index < tests.length; index++) {
    const { name, isAsSent } = tests[index] as typeof tests[number];
    const one = values[index];
    if (name !== keys[index] || one !== null && !isAsSent(one)) return false;
  }
  return true;
}

const testsOf = perShape((shape) =>
  Object.entries(shape).map(([name, field]) => ({
    name,
    isAsSent: testOf(field),
  }))
);

function testOf({ kind, holds, shape }: Field): Test {
  const isShaped: Test = (one) => shape === undefined || hasShape(one, shape);
  switch (holds) {
    case "info":
      return mapOf(isNoTruth);
    case "map":
      return shape === undefined ? isAnything : mapOf(isShaped);
    case "measurements":
      return listOf((one) =>
        isObject(one) && hasShape(one, measurementShapeOf(one))
      );
    case "list":
      return shape === undefined ? isAnything : listOf(isShaped);
    case "series":
      return listOf(listOf(isNumber));
    case "object":
      return isShaped;
    default:
      return testOfKind(kind);
  }
}

function testOfKind(kind: Field["kind"]): Test {
  switch (kind) {
    case "whole number":
    case "number":
      return isNumber;
    case "true or false":
      return (value) => typeof value === "boolean";
    case "info value":
      return isNoTruth;
    default:
      return isAnything;
  }
}

function mapOf(test: Test): Test {
  return (value) => isObject(value) && Object.values(value).every(test);
}

function listOf(test: Test): Test {
  return (value) => Array.isArray(value) && value.every(test);
}

function isAnything(): boolean {
  return true;
}

function isNoTruth(value: unknown): boolean {
  return typeof value !== "boolean";
}

function isNumber(value: unknown): boolean {
  return typeof value === "number";
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
