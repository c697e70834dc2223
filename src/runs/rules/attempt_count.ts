import type { Found, Rule } from "./rule.ts";
import type { CaseView } from "./parts.ts";
import { quoted } from "../values.ts";

export const attemptCount: Rule = {
  word: "attempt-count",
  brief: "The number of attempts does not fit the status of the case",
  severities: ["warning", "info"],
  profile: "current",
  explanation:
    `HardPy counts how often a case was tried: 0 for one that was skipped or whose fixture failed
before it, 1 for one that came to its end at once. StandCloud finds unstable tests by it.`,
  fix: "let HardPy count: repeat a case with the marker pytest.mark.attempt",
  failing: { at: "/modules/test_supply/cases/test_rail/attempt", json: "0" },
  passing: { at: "/modules/test_supply/cases/test_rail/attempt", json: "2" },
  *check({ cases }) {
    for (const one of cases) {
      const says = problemOf(one);
      if (says === undefined) continue;
      yield {
        severity: "warning",
        path: one.path("attempt"),
        message: `Case ${quoted(one.name)} ${says}`,
      };
    }
    yield* failedFixtures(cases);
  },
};

function problemOf({ fields: { attempt }, status }: CaseView) {
  if (typeof attempt !== "number") return undefined;
  if (attempt < 0) return `counts ${attempt} attempts`;
  return attempt === 0 && status === "passed"
    ? 'has the status "passed" without a single attempt'
    : undefined;
}

/** Told once a run: one fixture may serve all of its tests. */
function* failedFixtures(cases: readonly CaseView[]): Generator<Found> {
  const failed = cases.filter(({ fields: { attempt }, status }) =>
    attempt === 0 && status === "failed"
  );
  const [first] = failed;
  if (first === undefined) return;
  const where = failed.length === 1
    ? `case ${quoted(first.name)}`
    : `${failed.length} cases, first in ${quoted(first.name)}`;
  yield {
    severity: "info",
    path: first.path("attempt"),
    message: `A fixture failed before the test in ${where}`,
    fix: "mend the fixture; the case's assertion_msg says why it failed",
  };
}
