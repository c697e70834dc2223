import type { Rule } from "./rule.ts";
import { isEmpty, isPlaceholder, quoted } from "../values.ts";

export const noSerialNumber: Rule = {
  word: "no-serial-number",
  brief: "The DUT has no serial number",
  severities: ["warning"],
  profile: "both",
  explanation:
    `The serial number ties all runs of one device together: first try, repair, final test. StandCloud
takes a run without one, but nobody will find that device again.`,
  fix: "hardpy.set_dut_serial_number",
  failing: { at: "/dut/serial_number", json: '"N/A"' },
  passing: { at: "/dut/serial_number", json: '"CSB-000117"' },
  *check({ dut }) {
    const value = dut.fields["serial_number"];
    if (!isEmpty(value) && !isPlaceholder(value)) return;
    yield {
      severity: "warning",
      path: dut.path("serial_number"),
      message: isEmpty(value)
        ? "The DUT serial number is missing"
        : `The DUT serial number is ${quoted(value)}, which names no device`,
    };
  },
};

export const noDutName: Rule = {
  word: "no-dut-name",
  brief: "The DUT has no name",
  severities: ["info"],
  profile: "current",
  explanation:
    `People look for a product by its name. Without one HardPy 0.16 and later sends the part number in
its place.`,
  fix: "hardpy.set_dut_name",
  failing: { at: "/dut/name", json: "null" },
  passing: { at: "/dut/name", json: '"Climate sensor board"' },
  *check({ dut }) {
    if (!isEmpty(dut.fields["name"])) return;
    yield {
      severity: "info",
      path: dut.path("name"),
      message: `The DUT has no name; HardPy sends ${
        isEmpty(dut.fields["part_number"]) ? '"unknown"' : "its part number"
      } instead`,
    };
  },
};
