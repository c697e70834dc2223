/** How one field of the wire form is written. */
export interface Field {
  /** JSON text to write when the field is missing; without one it stays missing. */
  readonly default?: string;
  /** For an object (or each element, each value of a map) with fixed keys. */
  readonly shape?: Shape;
  readonly holds?: "object" | "list" | "map" | "measurements" | "info";
}

/** Keys of an object in the order in which HardPy sends them. */
export type Shape = Readonly<Record<string, Field>>;

const REQUIRED: Field = {};
const NULL: Field = { default: "null" };
const OBJECT: Field = { default: "{}" };
const LIST: Field = { default: "[]" };
/** Values that HardPy's schema turns from true and false into 1 and 0. */
const INFO: Field = { default: "{}", holds: "info" };

export const numericMeasurement: Shape = {
  type: REQUIRED,
  name: NULL,
  operation: NULL,
  result: NULL,
  value: REQUIRED,
  unit: NULL,
  "comparison_value": NULL,
  "lower_limit": NULL,
  "upper_limit": NULL,
};

export const stringMeasurement: Shape = {
  type: REQUIRED,
  name: NULL,
  operation: NULL,
  result: NULL,
  value: REQUIRED,
  casesensitive: { default: "true" },
  "comparison_value": NULL,
};

const chart: Shape = {
  type: { default: '"line"' },
  title: NULL,
  "x_label": NULL,
  "y_label": NULL,
  "marker_name": LIST,
  "x_data": LIST,
  "y_data": LIST,
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
  number: NULL,
  comment: NULL,
  info: INFO,
};

const times: Shape = {
  status: REQUIRED,
  "stop_time": REQUIRED,
  "start_time": REQUIRED,
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

/** HardPy 0.15 and later (generations C and D). */
export const currentShape: Shape = {
  ...times,
  rev: REQUIRED,
  id: REQUIRED,
  "test_stand": {
    default: "{}",
    holds: "object",
    shape: {
      "hw_id": NULL,
      name: NULL,
      revision: NULL,
      timezone: NULL,
      location: NULL,
      number: NULL,
      drivers: OBJECT,
      instruments: { default: "[]", holds: "list", shape: instrument },
      info: INFO,
    },
  },
  dut: {
    default: "{}",
    holds: "object",
    shape: {
      name: NULL,
      type: NULL,
      "serial_number": NULL,
      "part_number": NULL,
      revision: NULL,
      "sub_units": { default: "[]", holds: "list", shape: subUnit },
      info: INFO,
    },
  },
  process: {
    default: "{}",
    holds: "object",
    shape: { name: NULL, number: NULL, info: INFO },
  },
  modules: {
    default: "{}",
    holds: "map",
    shape: moduleShape({
      ...times,
      "assertion_msg": NULL,
      msg: NULL,
      measurements: { default: "[]", holds: "measurements" },
      chart: { default: "null", holds: "object", shape: chart },
      attempt: { default: "0" },
      group: REQUIRED,
      artifact: OBJECT,
    }, { group: REQUIRED }),
  },
  user: NULL,
  "batch_serial_number": NULL,
  "caused_dut_failure_id": NULL,
  "error_code": NULL,
  artifact: OBJECT,
};

/** HardPy 0.10 to 0.14 (generations A and B). */
export const earlyShape: Shape = {
  ...times,
  rev: REQUIRED,
  id: REQUIRED,
  "test_stand": {
    default: "{}",
    holds: "object",
    shape: {
      "hw_id": NULL,
      name: NULL,
      timezone: NULL,
      drivers: OBJECT,
      info: OBJECT,
      location: NULL,
      number: REQUIRED,
    },
  },
  dut: {
    default: "{}",
    holds: "object",
    shape: { serial_number: NULL, part_number: NULL, info: OBJECT },
  },
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
