import type { Found, Rule } from "./rule.ts";
import type { Part } from "./parts.ts";
import type { RunView } from "./run_view.ts";
import { quoted } from "../values.ts";

interface MandatoryField {
  readonly owner: (run: RunView) => Part;
  readonly key: string;
  readonly name: string;
  readonly fix: string;
}

const MANDATORY: readonly MandatoryField[] = [
  {
    owner: (run) => run.testStand,
    key: "name",
    name: "test stand name",
    fix: "hardpy.set_stand_name",
  },
  {
    owner: (run) => run.dut,
    key: "part_number",
    name: "DUT part number",
    fix: "hardpy.set_dut_part_number",
  },
];

export const missingMandatoryField: Rule = {
  word: "missing-mandatory-field",
  brief: "The DUT part number or the test stand name is missing",
  severities: ["error", "warning"],
  profile: "both",
  explanation:
    `StandCloud sorts runs by part number and by test stand. HardPy's documentation names these two
fields as the least that a run must have: the service answers 422 without them. HardPy 0.16 and later
silently sends "unknown" in their place; such a run is taken, but belongs to no product and to no
stand, so that is a warning here.`,
  fix: "hardpy.set_dut_part_number",
  blocksUpload: true,
  failing: { at: "/dut/part_number", json: "null" },
  passing: { at: "/dut/part_number", json: '"CSB-204"' },
  check: (run) => MANDATORY.flatMap((field) => checkField(run, field)),
};

function checkField(
  run: RunView,
  { owner, key, name, fix }: MandatoryField,
): Found[] {
  const part = owner(run);
  const value = part.fields[key];
  const isText = typeof value === "string" && value.trim() !== "";
  if (isText && value.trim().toLowerCase() !== "unknown") return [];
  return [{
    severity: isText ? "warning" : "error",
    path: part.path(key),
    message: isText
      ? `The ${name} is ${quoted(value)}, which tells nobody anything`
      : value === undefined || value === null || value === ""
      ? `The ${name} is missing`
      : typeof value === "string"
      ? `The ${name} is blank`
      : `The ${name} is not a text`,
    fix,
  }];
}
