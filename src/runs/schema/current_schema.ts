import {
  chartType,
  type Field,
  group,
  infoValue,
  infoValueOrNull,
  list,
  mapping,
  mappingOrNull,
  number,
  textOrNull,
  wholeNumber,
  wholeNumberOrNull,
} from "./fields.ts";
import { identity } from "./identity.ts";
import { measurement } from "./measurement_schema.ts";
import { outcome } from "./outcome_fields.ts";
import {
  type Fields,
  listOf,
  mapOf,
  object,
  type ObjectSchema,
  optional,
  value,
} from "./schema.ts";

const series = listOf(listOf(value(number)));

const chart = object("chart", {
  type: optional(chartType),
  title: optional(textOrNull),
  "x_label": optional(textOrNull),
  "y_label": optional(textOrNull),
  "marker_name": optional(list),
  "x_data": optional(list),
  "y_data": optional(list),
}, {
  "marker_name": listOf(value(textOrNull)),
  "x_data": series,
  "y_data": series,
});

const testCase = object("test case", {
  ...outcome,
  "assertion_msg": optional(textOrNull),
  msg: optional(mappingOrNull),
  measurements: optional(list),
  chart: optional(mappingOrNull),
  attempt: optional(wholeNumber),
  group,
  artifact: optional(mapping),
}, { measurements: listOf(measurement), chart });

const module = object("module", {
  ...outcome,
  cases: optional(mapping),
  group,
  artifact: optional(mapping),
}, { cases: mapOf(testCase) });

const article: Fields = {
  name: optional(textOrNull),
  type: optional(textOrNull),
  "serial_number": optional(textOrNull),
  "part_number": optional(textOrNull),
  revision: optional(textOrNull),
  info: optional(mapping),
};

function dutWith(info: { info: ReturnType<typeof mapOf> }): ObjectSchema {
  return object(
    "DUT",
    { ...article, "sub_units": optional(list) },
    { ...info, "sub_units": listOf(object("sub unit", article, info)) },
  );
}

const instrumentFields: Fields = {
  name: optional(textOrNull),
  revision: optional(textOrNull),
  number: optional(wholeNumberOrNull),
  comment: optional(textOrNull),
  info: optional(mapping),
};

function standWith(
  info: { info: ReturnType<typeof mapOf> },
  fields: Fields,
): ObjectSchema {
  return object("test stand", {
    "hw_id": optional(textOrNull),
    name: optional(textOrNull),
    revision: optional(textOrNull),
    timezone: optional(textOrNull),
    location: optional(textOrNull),
    number: optional(wholeNumberOrNull),
    drivers: optional(mapping),
    instruments: optional(list),
    info: optional(mapping),
  }, { ...info, instruments: listOf(object("instrument", fields, info)) });
}

function run(infoField: Field, instrument: Fields): ObjectSchema {
  const info = { info: mapOf(value(infoField)) };
  return object("run", {
    ...outcome,
    ...identity,
    "test_stand": mapping,
    dut: mapping,
    process: mapping,
    modules: optional(mapping),
    user: optional(textOrNull),
    "batch_serial_number": optional(textOrNull),
    "caused_dut_failure_id": optional(textOrNull),
    "error_code": optional(wholeNumberOrNull),
    artifact: optional(mapping),
  }, {
    "test_stand": standWith(info, instrument),
    dut: dutWith(info),
    process: object("process", {
      name: optional(textOrNull),
      number: optional(wholeNumberOrNull),
      info: optional(mapping),
    }, info),
    modules: mapOf(module),
  });
}

/** Generation C, HardPy 0.15. */
export const runC: ObjectSchema = run(infoValue, instrumentFields);

/** Generation D, HardPy 0.16 to 0.22, and what later versions send. */
export const runD: ObjectSchema = run(infoValueOrNull, {
  ...instrumentFields,
  "serial_number": optional(textOrNull),
  "part_number": optional(textOrNull),
});
