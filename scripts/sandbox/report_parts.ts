import { isObject } from "./wire_shape.ts";

type JsonObject = Record<string, unknown>;

/** An object of the document; empty where there is none. */
export function partOf(body: JsonObject, key: string): JsonObject {
  const value = body[key];
  return isObject(value) ? value : {};
}

/** What tells devices apart. */
export function deviceKey(body: JsonObject): string {
  const dut = partOf(body, "dut");
  return JSON.stringify([dut["part_number"], dut["serial_number"]]);
}

/** The numbers by which a report is looked up; undefined where it has none. */
export function numbersOf(
  body: JsonObject,
): { partNumber: string | undefined; serialNumber: string | undefined } {
  const dut = partOf(body, "dut");
  return {
    partNumber: text(dut["part_number"]),
    serialNumber: text(dut["serial_number"]),
  };
}

const RUN_KEYS = ["name", "status", "start_time", "stop_time", "artifact"];
const STAND_KEYS = ["name", "hw_id", "number", "location", "info"];
const CASE_KEYS = ["name", "start_time", "stop_time", "assertion_msg", "msg"];

/** What the reader's rows show of a document. */
export function slimBody(body: JsonObject): JsonObject {
  return {
    ...only(body, [...RUN_KEYS, "batch_serial_number"]),
    dut: only(partOf(body, "dut"), ["serial_number", "part_number", "info"]),
    "test_stand": only(partOf(body, "test_stand"), STAND_KEYS),
    "failed_cases": failedCases(partOf(body, "modules")),
  };
}

function failedCases(modules: JsonObject): JsonObject[] {
  return Object.keys(modules).flatMap((module) => {
    const cases = partOf(partOf(modules, module), "cases");
    return Object.keys(cases)
      .filter((id) => partOf(cases, id)["status"] === "failed")
      .map((id) => ({
        "module_id": module,
        "case_id": id,
        status: "fail",
        ...only(partOf(cases, id), CASE_KEYS),
      }));
  });
}

function only(object: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(
    keys.filter((key) => key in object).map((key) => [key, object[key]]),
  );
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
