import type { Finding } from "./issue.ts";

export const MANDATORY_RULE = "missing-mandatory-field";

interface MandatoryField {
  readonly path: readonly [string, string];
  readonly name: string;
  readonly call: string;
}

/** Without them StandCloud answers 422 (HardPy 0.10 to 0.15: the documented minimum). */
const MANDATORY: readonly MandatoryField[] = [
  {
    path: ["test_stand", "name"],
    name: "test stand name",
    call: "hardpy.set_stand_name",
  },
  {
    path: ["dut", "part_number"],
    name: "DUT part number",
    call: "hardpy.set_dut_part_number",
  },
];

/**
 * One error for each mandatory field that is missing, null or blank, and a
 * warning for one that says `unknown`, which HardPy 0.16 and later writes in
 * the place of a missing one.
 */
export function checkMandatoryFields(document: object): Finding[] {
  return MANDATORY.flatMap((field) => {
    const value = valueAt(document, field.path);
    const isText = typeof value === "string" && value.trim() !== "";
    if (isText && value.trim().toLowerCase() !== "unknown") return [];
    return [{
      severity: isText ? "warning" : "error",
      rule: MANDATORY_RULE,
      path: `/${field.path.join("/")}`,
      message: isText
        ? `The ${field.name} is "${value}", which tells nobody anything`
        : value === undefined || value === null || value === ""
        ? `The ${field.name} is missing`
        : typeof value === "string"
        ? `The ${field.name} is blank`
        : `The ${field.name} is not a text`,
      fix: field.call,
    }];
  });
}

function valueAt(document: object, path: readonly string[]): unknown {
  let value: unknown = document;
  for (const key of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Object.hasOwn(value, key)
      ? (value as Record<string, unknown>)[key]
      : undefined;
  }
  return value;
}
