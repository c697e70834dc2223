import assert from "node:assert/strict";
import { junitXml } from "../../src/cli/junit_text.ts";
import type { Issue } from "../../src/runs/issue.ts";
import { runFile } from "../support/runs.ts";
import { HOSTILE, junitFaults, read } from "../support/ci_formats.ts";
import { validate } from "./validate.ts";
import { soundRun } from "../runs/rules/sound_runs.ts";

const NO_PART_NUMBER = runFile("no_part_number.jsonloader");

const ISSUE: Issue = {
  severity: "error",
  rule: "not-json",
  path: "",
  message: HOSTILE,
  fix: HOSTILE,
  line: 2,
  column: 3,
};

Deno.test("validate --format junit prints one XML text that the JUnit schema describes", async () => {
  const { code, stdout, stderr } = await validate(
    ["--format", "junit", NO_PART_NUMBER, "-"],
    soundRun("current"),
  );
  assert.equal(await junitFaults(stdout), "");
  assert.deepEqual([code, stderr], [
    5,
    "1 of 2 documents invalid: 1 error, 3 infos\n",
  ]);
  const told = async (...xpaths: string[]) =>
    await Promise.all(xpaths.map((xpath) => read(stdout, xpath)));
  assert.deepEqual(
    await told(
      "//testsuite/@tests",
      "//testsuite/@failures",
      "count(//failure)",
    ),
    ["2", "1", "1"],
  );
  assert.deepEqual(
    await told(
      "//testcase[1]/@name",
      "//testcase[2]/@name",
      "//failure/@type",
      "//failure/@message",
      "//failure",
    ),
    [
      NO_PART_NUMBER,
      "-",
      "missing-mandatory-field",
      "The DUT part number is missing",
      `${NO_PART_NUMBER}:23:20: error: The DUT part number is missing [missing-mandatory-field]\n` +
      "  fix: call hardpy.set_dut_part_number() in the test plan",
    ],
  );
  const [output = ""] = await told("//system-out");
  assert.match(output, /:20:13: info: .*\[no-dut-name\]\n {2}fix: /);
});

Deno.test("junitXml() stays XML whatever documents and names of files hold", async () => {
  const documents = ["error", "info"].map((severity) => ({
    source: HOSTILE,
    file: HOSTILE,
    issues: [{ ...ISSUE, severity } as Issue],
  }));
  const xml = junitXml(documents, { seconds: 0.25 });
  assert.equal(await junitFaults(xml), "");
  assert.match(
    await read(xml, "//testcase/@name"),
    /^\]\]> \[31m<a b="'&amp;.* 💡 next$/,
  );
  assert.match(
    await read(xml, "//failure/@message"),
    /^\]\]> \[31m<a b="'&amp;/,
  );
  assert.equal(await read(xml, "//testsuite/@time"), "0.250");
});

Deno.test("junitXml() has one failure for all errors of a document, and none for no document", async () => {
  const xml = junitXml([{ source: "a", file: "a", issues: [ISSUE, ISSUE] }], {
    seconds: 0,
  });
  assert.equal(await read(xml, "count(//failure)"), "1");
  assert.match(await read(xml, "//failure/@message"), / \(and 1 more\)$/);
  assert.equal(await junitFaults(junitXml([], { seconds: 0 })), "");
});
