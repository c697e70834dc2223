import assert from "node:assert/strict";
import { githubLines } from "../../src/cli/github_text.ts";
import type { Issue } from "../../src/runs/issue.ts";

const ISSUE: Issue = {
  severity: "error",
  rule: "unnamed-case",
  path: "/x",
  message: "Half\r\nof 100%: a,b",
  fix: "pytest.mark.case_name",
  line: 2,
  column: 3,
};

Deno.test("githubLines() escapes what would end a property or the line", () => {
  assert.deepEqual(githubLines({ file: "a:b,c%.json", issues: [ISSUE] }), [
    "::error file=a%3Ab%2Cc%25.json,line=2,col=3,title=unnamed-case" +
    '::Half%0D%0Aof 100%25: a,b%0Afix: add the marker @pytest.mark.case_name("…") in the test plan',
  ]);
});

Deno.test("githubLines() names no file for stdin, and knows three severities", () => {
  const issues = (["warning", "info"] as const).map((severity) => ({
    ...ISSUE,
    severity,
  }));
  const [warning, notice] = githubLines({ file: "-", issues });
  assert.match(warning ?? "", /^::warning line=2,/);
  assert.match(notice ?? "", /^::notice line=2,/);
});
