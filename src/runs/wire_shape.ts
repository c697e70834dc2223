import type { ScalarKind } from "./schema/coerce.ts";
import { generationOf } from "./schema/generation.ts";
import { heldAs } from "./schema/measurement_kind.ts";

/** How one field of the wire form is written. */
export interface Field {
  /** JSON text to write when the field is missing; without one it stays missing. */
  readonly default?: string;
  /** Of a scalar; without one it is copied. */
  readonly kind?: ScalarKind;
  /** For an object (or each element, each value of a map) with fixed keys. */
  readonly shape?: Shape;
  readonly holds?:
    | "object"
    | "list"
    | "map"
    | "measurements"
    | "info"
    /** Lists of numbers in a list: the axes of a chart. */
    | "series";
}

/** Keys of an object in the order in which HardPy sends them. */
export type Shape = Readonly<Record<string, Field>>;

const REQUIRED: Field = {};
const NULL: Field = { default: "null" };
const OBJECT: Field = { default: "{}" };
const LIST: Field = { default: "[]" };
const WHOLE: Field = { default: "null", kind: "whole number" };
const NUMBER: Field = { default: "null", kind: "number" };
/** Not null where it is missing: a time is always written, a stand number came with HardPy 0.12. */
const GIVEN_WHOLE: Field = { kind: "whole number" };
const SERIES: Field = { default: "[]", holds: "series" };
/** Values that HardPy's schema turns from true and false into 1 and 0. */
const INFO: Field = { default: "{}", holds: "info" };

export const numericMeasurement: Shape = {
  type: { default: '"numeric"' },
  name: NULL,
  operation: NULL,
  result: { default: "null", kind: "true or false" },
  value: { kind: "number" },
  unit: NULL,
  "comparison_value": NUMBER,
  "lower_limit": NUMBER,
  "upper_limit": NUMBER,
};

export const stringMeasurement: Shape = {
  type: { default: '"string"' },
  name: NULL,
  operation: NULL,
  result: { default: "null", kind: "true or false" },
  value: REQUIRED,
  casesensitive: { default: "true", kind: "true or false" },
  "comparison_value": NULL,
};

const chart: Shape = {
  type: { default: '"line"' },
  title: NULL,
  "x_label": NULL,
  "y_label": NULL,
  "marker_name": LIST,
  "x_data": SERIES,
  "y_data": SERIES,
};

const subUnit: Shape = {
  name: NULL,
  type: NULL,
  "serial_number": NULL,
  "part_number": NULL,
  revision: NULL,
  info: INFO,
};

const instrument: Shape = {
  name: NULL,
  revision: NULL,
  "serial_number": NULL,
  "part_number": NULL,
  number: WHOLE,
  comment: NULL,
  info: INFO,
};

const times: Shape = {
  status: REQUIRED,
  "stop_time": GIVEN_WHOLE,
  "start_time": GIVEN_WHOLE,
  name: REQUIRED,
};

function moduleShape(testCase: Shape, group: Shape): Shape {
  return {
    ...times,
    cases: { default: "{}", holds: "map", shape: testCase },
    ...group,
    artifact: OBJECT,
  };
}

/** An object that is written even where it is missing. */
function part(shape: Shape): Field {
  return { default: "{}", holds: "object", shape };
}

/** HardPy 0.15 and later (generations C and D). */
export const currentShape: Shape = {
  ...times,
  rev: REQUIRED,
  id: REQUIRED,
  "test_stand": part({
    "hw_id": NULL,
    name: NULL,
    revision: NULL,
    timezone: NULL,
    location: NULL,
    number: WHOLE,
    drivers: OBJECT,
    instruments: { default: "[]", holds: "list", shape: instrument },
    info: INFO,
  }),
  dut: part({
    name: NULL,
    type: NULL,
    "serial_number": NULL,
    "part_number": NULL,
    revision: NULL,
    "sub_units": { default: "[]", holds: "list", shape: subUnit },
    info: INFO,
  }),
  process: part({ name: NULL, number: WHOLE, info: INFO }),
  modules: {
    default: "{}",
    holds: "map",
    shape: moduleShape({
      ...times,
      "assertion_msg": NULL,
      msg: NULL,
      measurements: { default: "[]", holds: "measurements" },
      chart: { default: "null", holds: "object", shape: chart },
      attempt: { default: "0", kind: "whole number" },
      group: REQUIRED,
      artifact: OBJECT,
    }, { group: REQUIRED }),
  },
  user: NULL,
  "batch_serial_number": NULL,
  "caused_dut_failure_id": NULL,
  "error_code": WHOLE,
  artifact: OBJECT,
};

/** HardPy 0.10 to 0.14 (generations A and B). */
export const earlyShape: Shape = {
  ...times,
  rev: REQUIRED,
  id: REQUIRED,
  "test_stand": part({
    "hw_id": NULL,
    name: NULL,
    timezone: NULL,
    drivers: OBJECT,
    info: OBJECT,
    location: NULL,
    number: GIVEN_WHOLE,
  }),
  dut: part({ serial_number: NULL, part_number: NULL, info: OBJECT }),
  modules: {
    default: "{}",
    holds: "map",
    shape: moduleShape({
      ...times,
      "assertion_msg": NULL,
      msg: NULL,
      artifact: OBJECT,
    }, {}),
  },
  artifact: OBJECT,
};

/** The shape of a run document of its generation. */
export function shapeOf(run: unknown): Shape {
  return ["C", "D"].includes(generationOf(run)) ? currentShape : earlyShape;
}

/** The shape of a measurement of the kind as which HardPy holds it. */
export function measurementShapeOf(
  measurement: Readonly<Record<string, unknown>>,
): Shape {
  return heldAs(measurement) === "string"
    ? stringMeasurement
    : numericMeasurement;
}

/** What is made of a shape, made once for each: a document has thousands of objects and few shapes. */
export function perShape<T>(make: (shape: Shape) => T): (shape: Shape) => T {
  const made = new WeakMap<Shape, { readonly value: T }>();
  return (shape) => {
    const known = made.get(shape);
    if (known !== undefined) return known.value;
    const value = make(shape);
    made.set(shape, { value });
    return value;
  };
}
