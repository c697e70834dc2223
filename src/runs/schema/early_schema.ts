import {
  mapping,
  mappingOrNull,
  textOrNull,
  wholeNumberOrNull,
} from "./fields.ts";
import { identity } from "./identity.ts";
import { outcome } from "./outcome_fields.ts";
import {
  type Fields,
  mapOf,
  object,
  type ObjectSchema,
  optional,
} from "./schema.ts";

const testCase = object("test case", {
  ...outcome,
  "assertion_msg": optional(textOrNull),
  msg: optional(mappingOrNull),
  artifact: optional(mapping),
});

const module = object("module", {
  ...outcome,
  cases: optional(mapping),
  artifact: optional(mapping),
}, { cases: mapOf(testCase) });

const dut = object("DUT", {
  "serial_number": textOrNull,
  "part_number": textOrNull,
  info: optional(mapping),
});

const standFields: Fields = {
  "hw_id": optional(textOrNull),
  name: optional(textOrNull),
  timezone: optional(textOrNull),
  drivers: optional(mapping),
  info: optional(mapping),
  location: optional(textOrNull),
};

function run(stand: Fields): ObjectSchema {
  return object("run", {
    ...outcome,
    ...identity,
    "test_stand": mapping,
    dut: mapping,
    modules: optional(mapping),
    artifact: optional(mapping),
  }, {
    "test_stand": object("test stand", stand),
    dut,
    modules: mapOf(module),
  });
}

/** Generation A, HardPy 0.10 and 0.11. */
export const runA: ObjectSchema = run(standFields);

/** Generation B, HardPy 0.12 to 0.14. */
export const runB: ObjectSchema = run({
  ...standFields,
  number: optional(wholeNumberOrNull),
});
