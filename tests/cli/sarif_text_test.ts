import assert from "node:assert/strict";
import { explainedRules } from "../../src/cli/rule_text.ts";
import { sarifLog } from "../../src/cli/sarif_text.ts";
import type { Issue } from "../../src/runs/issue.ts";
import { HOSTILE, sarifFaults } from "../support/ci_formats.ts";
import { runFile } from "../support/runs.ts";
import { validate } from "./validate.ts";

const NO_PART_NUMBER = runFile("no_part_number.jsonloader");

const ISSUE: Issue = {
  severity: "warning",
  rule: "not-json",
  path: "/a",
  message: "m",
  fix: "f",
  line: 2,
  column: 3,
};

interface Result {
  readonly ruleId: string;
  readonly level: string;
  readonly locations: readonly {
    physicalLocation: { region: { startLine: number; startColumn: number } };
  }[];
}

function resultsOf(file: string, issues: readonly Issue[]) {
  const text = sarifLog([{ source: file, file, issues }]);
  assert.equal(sarifFaults(text), "");
  return JSON.parse(text).runs[0].results;
}

function uriOf(file: string): string | undefined {
  const [{ locations: [{ physicalLocation }] }] = resultsOf(file, [ISSUE]);
  return physicalLocation.artifactLocation.uri;
}

Deno.test("validate --format sarif prints a log that the schema of SARIF 2.1.0 describes", async () => {
  const { code, stdout, stderr } = await validate(
    ["--format", "sarif", NO_PART_NUMBER],
  );
  assert.equal(sarifFaults(stdout), "");
  assert.deepEqual([code, stderr], [
    5,
    "1 of 1 document invalid: 1 error, 3 infos\n",
  ]);
  const [{ tool, results }] = JSON.parse(stdout).runs;
  assert.deepEqual(
    tool.driver.rules.map(({ id }: { id: string }) => id),
    explainedRules.map(({ word }) => word),
  );
  for (const { help, defaultConfiguration } of tool.driver.rules) {
    assert.match(help.text, /\S+\n\nFix: \S/);
    assert.match(defaultConfiguration.level, /^(?:error|warning|note)$/);
  }
  const found = (results as Result[]).map(({ ruleId, level, locations }) => {
    const region = locations[0]?.physicalLocation.region;
    return `${region?.startLine}:${region?.startColumn} ${level} ${ruleId}`;
  });
  assert.deepEqual(found, [
    "20:13 note no-dut-name",
    "23:20 error missing-mandatory-field",
    "38:15 note unnamed-module",
    "44:19 note unnamed-case",
  ]);
});

Deno.test("sarifLog() stays a log whatever documents and names of files hold", () => {
  const issue = { ...ISSUE, message: HOSTILE, fix: HOSTILE };
  const [{ message }] = resultsOf(HOSTILE, [issue]);
  assert.match(message.text, /^\]\]> \[31m<a b="'&amp;.* 💡 next\nFix: /);
});

Deno.test("sarifLog() writes the names of files as URIs, and none for stdin", () => {
  assert.equal(uriOf("reports/a b#1%.json"), "reports/a%20b%231%25.json");
  assert.equal(uriOf("/var/ä.json"), "file:///var/%C3%A4.json");
  assert.equal(uriOf("C:\\r\\a.json"), "file:///C:/r/a.json");
  assert.equal(
    uriOf("http://u:p@127.0.0.1:5984/runs"),
    "http://127.0.0.1:5984/runs",
  );
  assert.equal(uriOf("-"), undefined);
});

Deno.test("sarifLog() keeps the fingerprint of a finding that moves, and tells equal places apart", () => {
  const prints = (issues: Issue[], file = "a.json"): string[] =>
    resultsOf(file, issues).map((
      { partialFingerprints }: { partialFingerprints: object },
    ) => Object.values(partialFingerprints)[0]);
  const [first, second] = prints([ISSUE, ISSUE]);
  assert.match(first ?? "", /^[0-9a-f]{64}$/);
  assert.notEqual(second, first);
  assert.deepEqual(prints([{ ...ISSUE, line: 90 }]), [first]);
  assert.notEqual(prints([{ ...ISSUE, path: "/b" }])[0], first);
  assert.notEqual(prints([ISSUE], "b.json")[0], first);
});
