import { type Issue, located } from "./issue.ts";
import { rules } from "./rules/all_rules.ts";
import {
  type BoundedFindings,
  boundedFindings,
} from "./rules/bounded_findings.ts";
import { type CheckOptions, RunView } from "./rules/run_view.ts";
import type { Run } from "./run.ts";

/** Everything the rules have to say about a run, in the order of its text. */
export function checkRun(run: Run, options: CheckOptions = {}): Issue[] {
  const view = new RunView(run, options);
  const profile = view.isEarly ? "early" : "current";
  const isRun = !run.isRefusedStart && !run.isCollection;
  const found = rules
    .filter((rule) => rule.profile === "both" || rule.profile === profile)
    .filter((rule) => isRun || rule.isForEveryDocument)
    .map((rule) => boundedFindings(rule, view));
  const findings = found.flatMap(({ findings }) => findings);
  if (view.schemaProblems.length === 0 && view.hasUniqueKeys) {
    run.markSound({ hasLongNumbers: view.census.longNumbers.length > 0 });
  }
  const issues = located(run, findings, view);
  for (const one of found) tellMore(one, issues);
  return issues;
}

/** Says behind the last finding of a rule how many are left out. */
function tellMore(
  { rule, more, isAtLeast }: BoundedFindings,
  issues: Issue[],
): void {
  if (more.size === 0) return;
  const index = issues.findLastIndex((issue) => issue.rule === rule.word);
  const last = issues[index];
  if (last === undefined) return;
  for (const [severity, count] of more) {
    const start = isAtLeast ? "At least " : "";
    const message = `${start}${count} more of this kind ${
      count === 1 ? "is" : "are"
    } not listed`;
    issues.splice(index + 1, 0, {
      ...last,
      severity,
      message,
      fix: rule.fix,
      more: count,
    });
  }
}

const UPLOAD_BLOCKERS = new Set(
  rules.filter(({ blocksUpload }) => blocksUpload).map(({ word }) => word),
);

/**
 * What StandCloud is known to answer to a run with these issues, null when it
 * may well take it: guidelines and HardPy's schema are not the service's word.
 */
export function expectedStatus(
  issues: readonly Pick<Issue, "rule" | "severity">[],
): 422 | null {
  return issues.some(({ rule, severity }) =>
      severity === "error" && UPLOAD_BLOCKERS.has(rule)
    )
    ? 422
    : null;
}
