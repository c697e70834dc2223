import assert from "node:assert/strict";
import { piecesOf } from "../../src/cli/line.ts";
import { reportEvent, reportLines } from "../../src/cli/report_text.ts";
import type { Report } from "../../src/upload/report/report.ts";

function report(changes: Partial<Report> = {}): Report {
  return {
    source: "runs.jsonl:3",
    file: "runs.jsonl",
    outcome: "uploaded",
    digest: "d1",
    serialNumber: "SN-1",
    partNumber: "PN-1",
    runStatus: "failed",
    httpStatus: 201,
    expectedStatus: null,
    testRunId: "run-1",
    attempts: 1,
    bytes: 100,
    issues: [],
    isReadable: true,
    isPossiblyDuplicate: false,
    isUnfinished: false,
    reason: null,
    ...changes,
  };
}

const missing = {
  severity: "error",
  rule: "missing-mandatory-field",
  path: "/dut/part_number",
  message: "The DUT has no part number",
  fix: "hardpy.set_dut_part_number",
  line: 7,
  column: 3,
} as const;
const refused = {
  severity: "error",
  rule: "refused-by-server",
  path: "",
  message: "No",
  fix: "ask StandCloud's support",
} as const;

Deno.test("reportEvent() has the fields of the contract", () => {
  assert.deepEqual(reportEvent(report({ issues: [missing] })), {
    event: "report",
    source: "runs.jsonl:3",
    digest: "d1",
    "serial_number": "SN-1",
    "part_number": "PN-1",
    "run_status": "failed",
    outcome: "uploaded",
    "http_status": 201,
    "expected_status": null,
    "test_run_id": "run-1",
    attempts: 1,
    issues: [missing],
  });
  const { reason } = reportEvent(report({ reason: "why" }));
  assert.equal(reason, "why");
});

const texts: [what: string, changes: Partial<Report>, lines: string[]][] = [
  ["a report that went up", {}, [
    "uploaded  runs.jsonl:3 (serial number SN-1, run run-1)",
  ]],
  ["a report with nothing known", {
    outcome: "already_uploaded",
    serialNumber: null,
    testRunId: null,
  }, ["already uploaded  runs.jsonl:3"]],
  ["an invalid report, with the place and the call that is missing", {
    outcome: "invalid",
    testRunId: null,
    expectedStatus: 422,
    issues: [missing],
  }, [
    "invalid   runs.jsonl:3 (serial number SN-1, StandCloud would answer 422; not sent)",
    "  runs.jsonl:7:3: error: The DUT has no part number [missing-mandatory-field /dut/part_number]",
    "    fix: call hardpy.set_dut_part_number() in the test plan",
    "    or, for this run: standcloud upload --fill-unknown runs.jsonl",
  ]],
  ["what the server refused, which has no place", {
    outcome: "rejected",
    testRunId: null,
    reason: "StandCloud answers with HTTP 422",
    issues: [refused],
  }, [
    "rejected  runs.jsonl:3 (serial number SN-1, StandCloud answers with HTTP 422)",
    "  runs.jsonl: error: No [refused-by-server]",
    "    fix: ask StandCloud's support",
  ]],
];

const TERMINAL = { isTerminal: true, hasMarks: true, columns: 80 };

function textsOf(...args: Parameters<typeof reportLines>): string[] {
  return reportLines(...args).map((line) =>
    piecesOf(line).map(({ text }) => text).join("")
  );
}

for (const [what, changes, lines] of texts) {
  Deno.test(`reportLines() tells ${what}`, () => {
    assert.deepEqual(textsOf(report(changes)), lines);
  });
}

Deno.test("reportLines() puts outcome, result and serial number first on a terminal", () => {
  const [line] = textsOf(report(), TERMINAL);
  assert.equal(line, "✓ uploaded  FAIL  SN-1        runs.jsonl:3 (run run-1)");
  const refused = report({ outcome: "rejected", runStatus: "passed" });
  const [plain] = textsOf(refused, { ...TERMINAL, hasMarks: false });
  assert.match(plain ?? "", /^rejected {2}PASS {2}SN-1 /);
  const nothing = report({
    outcome: "waiting",
    runStatus: null,
    serialNumber: null,
  });
  const [waiting] = textsOf(nothing, TERMINAL);
  assert.match(waiting ?? "", /^… waiting {3}– {5}– {11}runs/);
});

Deno.test("reportLines() colours the words for outcome, result and severity", () => {
  const held = report({ outcome: "invalid", issues: [missing] });
  const tones = reportLines(held, TERMINAL).flatMap(piecesOf)
    .filter(({ tone }) => tone !== undefined)
    .map(({ text, tone }) => [text.trim(), tone]);
  assert.deepEqual(tones, [
    ["✗ invalid", "bad"],
    ["FAIL", "bad"],
    ["error", "bad"],
  ]);
});

Deno.test("reportLines() names the file that was put into a bundle", () => {
  const source = `run.zip#${"a".repeat(64)}.json`;
  const held = report({
    outcome: "invalid",
    testRunId: null,
    source,
    file: source,
    original: "reports/1.json",
    issues: [missing],
  });
  const lines = textsOf(held);
  assert.match(lines[0] ?? "", /\(serial number SN-1, was reports\/1\.json\)$/);
  assert.match(lines.at(-1) ?? "", /upload --fill-unknown run\.zip$/);
  assert.equal(reportEvent(held).original_source, "reports/1.json");
});
