import { identity, outcome } from "./common_rows.ts";
import { text, wholeNumber } from "./scalars.ts";
import {
  dictionary,
  mapOf,
  object,
  type ObjectType,
  optional,
  orNull,
  required,
} from "./types.ts";

const testCase = object("test case", {
  ...outcome,
  "assertion_msg": optional(orNull(text)),
  msg: optional(orNull(dictionary)),
  artifact: optional(dictionary),
});

const module = object("module", {
  ...outcome,
  cases: optional(mapOf(testCase)),
  artifact: optional(dictionary),
});

const dut = object("DUT", {
  "serial_number": required(orNull(text), "null"),
  "part_number": required(orNull(text), "null"),
  info: optional(dictionary),
});

/** Generation A is HardPy 0.10 and 0.11, B is HardPy 0.12 to 0.14. */
export function earlyRun(generation: "A" | "B"): ObjectType {
  const standNumber = { number: optional(orNull(wholeNumber)) };
  const stand = object("test stand", {
    "hw_id": optional(orNull(text)),
    name: optional(orNull(text)),
    timezone: optional(orNull(text)),
    drivers: optional(dictionary),
    info: optional(dictionary),
    location: optional(orNull(text)),
    ...(generation === "B" && standNumber),
  });
  return object("run", {
    ...outcome,
    ...identity,
    "test_stand": required(stand),
    dut: required(dut),
    modules: optional(mapOf(module)),
    artifact: optional(dictionary),
  });
}
