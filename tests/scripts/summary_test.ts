import assert from "node:assert/strict";
import {
  exitCode,
  parseSummary,
  summaryLine,
} from "../../scripts/test/summary.ts";
import { withFiles } from "../../scripts/test/run_tests.ts";

const LINES: [string, { passed: number; failed: number }][] = [
  ["ok | 12 passed | 0 failed (2s)", { passed: 12, failed: 0 }],
  [
    "ok | 3 passed (4 steps) | 0 failed | 1 ignored (15ms)",
    { passed: 3, failed: 0 },
  ],
  [
    "FAILED | 1 passed (1 step) | 6 failed (1 step) | 1 ignored (209ms)",
    { passed: 1, failed: 6 },
  ],
  ["ok | 0 passed | 0 failed | 4 filtered out (6ms)", { passed: 0, failed: 0 }],
  [
    "\x1b[0m\x1b[32mok\x1b[0m | 7 passed | 0 failed \x1b[38;5;245m(1s)\x1b[0m\r",
    { passed: 7, failed: 0 },
  ],
];

for (const [line, expected] of LINES) {
  Deno.test(`parseSummary() reads ${JSON.stringify(line)}`, () => {
    assert.deepEqual(parseSummary(`a ... ok (1ms)\n\n${line}\n\n`), expected);
  });
}

Deno.test("parseSummary() believes the last summary, not one that a test printed", () => {
  const output = "ok | 99 passed | 0 failed (1s)\nFAILED | 1 passed | 2 failed";
  assert.deepEqual(parseSummary(output), { passed: 1, failed: 2 });
});

Deno.test("parseSummary() is null where the run broke off", () => {
  assert.equal(parseSummary("running 4 tests from ./a_test.ts\n"), null);
  assert.equal(parseSummary(""), null);
});

Deno.test("summaryLine() counts a run that broke off as a failure", () => {
  assert.equal(summaryLine({ passed: 5, failed: 1 }), "5 passed, 1 failed");
  assert.equal(summaryLine(null), "0 passed, 1 failed");
});

Deno.test("exitCode() is Deno's, and never 0 without a test that passed", () => {
  assert.equal(exitCode(0, { passed: 1, failed: 0 }), 0);
  assert.equal(exitCode(1, { passed: 1, failed: 1 }), 1);
  assert.equal(exitCode(139, null), 139);
  assert.equal(exitCode(0, { passed: 0, failed: 0 }), 1);
  assert.equal(exitCode(0, { passed: 1, failed: 1 }), 1);
  assert.equal(exitCode(0, null), 1);
});

Deno.test("withFiles() runs all tests unless a file or folder is named", () => {
  assert.deepEqual(withFiles([]), ["tests/"]);
  assert.deepEqual(withFiles(["--filter", "x"]), ["--filter", "x", "tests/"]);
  assert.deepEqual(withFiles(["tests/a_test.ts"]), ["tests/a_test.ts"]);
});
