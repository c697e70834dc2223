import { identity, outcome } from "./common_rows.ts";
import { measurement } from "./measurement.ts";
import {
  chartType,
  group,
  infoValue,
  number,
  text,
  wholeNumber,
} from "./scalars.ts";
import {
  dictionary,
  listOf,
  mapOf,
  object,
  type ObjectType,
  optional,
  orNull,
  required,
  type Rows,
} from "./types.ts";

const series = listOf(listOf(number));

const chart = object("chart", {
  type: optional(chartType, '"line"'),
  title: optional(orNull(text)),
  "x_label": optional(orNull(text)),
  "y_label": optional(orNull(text)),
  "marker_name": optional(listOf(orNull(text))),
  "x_data": optional(series),
  "y_data": optional(series),
});

const testCase = object("test case", {
  ...outcome,
  "assertion_msg": optional(orNull(text)),
  msg: optional(orNull(dictionary)),
  measurements: optional(listOf(measurement)),
  chart: optional(orNull(chart)),
  attempt: optional(wholeNumber, "0"),
  group: required(group),
  artifact: optional(dictionary),
});

const module = object("module", {
  ...outcome,
  cases: optional(mapOf(testCase)),
  group: required(group),
  artifact: optional(dictionary),
});

function dutWith(info: Rows): ObjectType {
  const article: Rows = {
    name: optional(orNull(text)),
    type: optional(orNull(text)),
    "serial_number": optional(orNull(text)),
    "part_number": optional(orNull(text)),
    revision: optional(orNull(text)),
  };
  const subUnit = object("sub unit", { ...article, ...info });
  const subUnits = { "sub_units": optional(listOf(subUnit)) };
  return object("DUT", { ...article, ...subUnits, ...info });
}

const instrumentNumbers: Rows = {
  "serial_number": optional(orNull(text)),
  "part_number": optional(orNull(text)),
};

function standWith(info: Rows, numbers: Rows | false): ObjectType {
  const instrument = object("instrument", {
    name: optional(orNull(text)),
    revision: optional(orNull(text)),
    ...numbers,
    number: optional(orNull(wholeNumber)),
    comment: optional(orNull(text)),
    ...info,
  });
  return object("test stand", {
    "hw_id": optional(orNull(text)),
    name: optional(orNull(text)),
    revision: optional(orNull(text)),
    timezone: optional(orNull(text)),
    location: optional(orNull(text)),
    number: optional(orNull(wholeNumber)),
    drivers: optional(dictionary),
    instruments: optional(listOf(instrument)),
    ...info,
  });
}

/** Generation C is HardPy 0.15, D is HardPy 0.16 to 0.22 and what later versions send. */
export function currentRun(generation: "C" | "D"): ObjectType {
  const isLater = generation === "D";
  const info: Rows = {
    info: optional(mapOf(isLater ? orNull(infoValue) : infoValue)),
  };
  return object("run", {
    ...outcome,
    ...identity,
    "test_stand": required(standWith(info, isLater && instrumentNumbers)),
    dut: required(dutWith(info)),
    process: required(object("process", {
      name: optional(orNull(text)),
      number: optional(orNull(wholeNumber)),
      ...info,
    })),
    modules: optional(mapOf(module)),
    user: optional(orNull(text)),
    "batch_serial_number": optional(orNull(text)),
    "caused_dut_failure_id": optional(orNull(text)),
    "error_code": optional(orNull(wholeNumber)),
    artifact: optional(dictionary),
  });
}
