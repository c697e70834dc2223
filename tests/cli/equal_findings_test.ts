import { deepStrictEqual as equal } from "node:assert/strict";
import type { Finding } from "../../src/runs/issue.ts";
import { EqualFindings } from "../../src/cli/equal_findings.ts";
import { piecesOf } from "../../src/cli/line.ts";

const NO_SERIAL: Finding = {
  severity: "warning",
  rule: "no-serial-number",
  path: "/dut/serial_number",
  message: "The DUT serial number is missing",
  fix: "hardpy.set_dut_serial_number",
};
const NO_PART: Finding = {
  severity: "error",
  rule: "missing-mandatory-field",
  path: "/dut/part_number",
  message: "The DUT part number is missing",
  fix: "hardpy.set_dut_part_number",
};

function textOf(findings: EqualFindings): string[] {
  return findings.lines().map((line) =>
    piecesOf(line).map(({ text }) => text).join("")
  );
}

Deno.test("EqualFindings shows a finding in three documents and counts the others", () => {
  const findings = new EqualFindings();
  const shown = Array.from({ length: 5 }, () => findings.shown([NO_SERIAL]));
  equal(shown.map(({ length }) => length), [1, 1, 1, 0, 0]);
  equal(textOf(findings), [
    "in 2 more documents: warning: The DUT serial number is missing [no-serial-number] (--verbose lists them)",
    "  fix: call hardpy.set_dut_serial_number() in the test plan",
  ]);
});

Deno.test("EqualFindings counts documents, and a finding with other words by itself", () => {
  const findings = new EqualFindings();
  const other = { ...NO_SERIAL, message: "Another one" };
  for (let count = 0; count < 3; count++) {
    equal(findings.shown([NO_SERIAL, NO_SERIAL]).length, 2);
  }
  equal(findings.shown([NO_SERIAL, other]), [other]);
  equal(textOf(findings).length, 2);
});

Deno.test("EqualFindings names the other way out for runs without a mandatory field", () => {
  const findings = new EqualFindings();
  for (let count = 0; count < 4; count++) findings.shown([NO_PART]);
  equal(
    textOf(findings)[2],
    "  or, for these runs: standcloud upload --fill-unknown and the same paths",
  );
});

Deno.test("EqualFindings remembers no more than 1,000 different findings, and shows the others", () => {
  const findings = new EqualFindings();
  const numbered = (number: number) => ({ ...NO_SERIAL, message: `${number}` });
  for (let number = 0; number < 1000; number++) {
    findings.shown([numbered(number)]);
  }
  const shown = Array.from(
    { length: 5 },
    () => findings.shown([numbered(0), numbered(1000)]).length,
  );
  equal(shown, [2, 2, 1, 1, 1]);
  equal(textOf(findings).length, 2);
});
