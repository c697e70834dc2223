export interface Summary {
  readonly passed: number;
  readonly failed: number;
}

/** Deno's last line: `ok | 12 passed (3 steps) | 0 failed | 1 ignored (2s)`. */
const SUMMARY = /^(?:ok|FAILED) \| (\d+) passed\b.*? \| (\d+) failed\b/;

/**
 * What a test run counted, or null where it ended without counting. Its JUnit
 * report is no substitute: a file that throws while loading is missing there.
 */
export function parseSummary(output: string): Summary | null {
  // deno-lint-ignore no-control-regex -- the colours of a terminal
  const lines = output.replace(/\x1b\[[0-9;]*m/g, "").split("\n");
  for (const line of lines.reverse()) {
    const found = SUMMARY.exec(line.trim());
    if (found !== null) {
      return { passed: Number(found[1]), failed: Number(found[2]) };
    }
  }
  return null;
}

/** The last line of the task. A run that broke off counts as one failure. */
export function summaryLine(summary: Summary | null): string {
  const { passed, failed } = summary ?? { passed: 0, failed: 1 };
  return `${passed} passed, ${failed} failed`;
}

/** Deno's own code, except that a run without a single test is no success. */
export function exitCode(code: number, summary: Summary | null): number {
  if (code !== 0) return code;
  if (summary === null || summary.failed > 0) return 1;
  return summary.passed === 0 ? 1 : 0;
}
