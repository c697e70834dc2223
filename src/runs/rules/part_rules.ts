import type { Found, Rule } from "./rule.ts";
import type { Part } from "./parts.ts";
import { isEmpty } from "../values.ts";

const SUB_UNIT = "hardpy.SubUnit";
const INSTRUMENT = "hardpy.Instrument";

export const incompleteSubUnit: Rule = {
  word: "incomplete-sub-unit",
  brief: "A sub unit of the DUT has no part number or no name",
  severities: ["warning"],
  profile: "current",
  explanation:
    `A sub unit is found by its part number and shown by its name. HardPy 0.16 and later sends "unknown"
for a missing part number, and the part number for a missing name.`,
  fix: "hardpy.set_dut_sub_unit",
  failing: { at: "/dut/sub_units", json: '[{"name": "Radio module"}]' },
  passing: {
    at: "/dut/sub_units",
    json: '[{"name": "Radio module", "part_number": "RM-9"}]',
  },
  *check({ dut }) {
    for (const [index, part] of dut.list("sub_units").entries()) {
      const what = `Sub unit ${index + 1} of the DUT`;
      yield* namelessFindings(part, { what, type: SUB_UNIT });
    }
  },
};

export const incompleteInstrument: Rule = {
  word: "incomplete-instrument",
  brief: "An instrument of the stand has no part number or no name",
  severities: ["warning"],
  profile: "current",
  explanation:
    `An instrument is found by its part number and shown by its name. HardPy 0.16 and later sends
"unknown" for a missing part number, and the part number for a missing name.`,
  fix: "hardpy.set_instrument",
  failing: { at: "/test_stand/instruments", json: '[{"part_number": "DM-6"}]' },
  passing: {
    at: "/test_stand/instruments",
    json: '[{"name": "Multimeter", "part_number": "DM-6"}]',
  },
  *check({ testStand }) {
    for (const [index, part] of testStand.list("instruments").entries()) {
      const what = `Instrument ${index + 1} of the test stand`;
      yield* namelessFindings(part, { what, type: INSTRUMENT });
    }
  },
};

function sent(key: string, { fields }: Part): string {
  if (key === "part_number") return 'no part number; HardPy sends "unknown"';
  return isEmpty(fields["part_number"])
    ? 'no name; HardPy sends "unknown"'
    : "no name; HardPy sends its part number instead";
}

function namelessFindings(
  part: Part,
  { what, type }: { what: string; type: string },
): Found[] {
  return ["part_number", "name"].filter((key) => isEmpty(part.fields[key]))
    .map((key) => ({
      severity: "warning",
      path: part.path(key),
      message: `${what} has ${sent(key, part)}`,
      fix: `${type}(${key}="…")`,
    }));
}
