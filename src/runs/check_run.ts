import { type Issue, located } from "./issue.ts";
import { rules } from "./rules/all_rules.ts";
import type { Found, Rule } from "./rules/rule.ts";
import { type CheckOptions, RunView } from "./rules/run_view.ts";
import type { Run } from "./run.ts";

/** More of one rule say nothing new, and a document made to do harm could have millions. */
export const MOST_PER_RULE = 200;

/** Of the paths of one rule's findings: keys can be very long. */
const MOST_CHARACTERS = 1_000_000;

/** Everything the rules have to say about a run, in the order of its text. */
export function checkRun(run: Run, options: CheckOptions = {}): Issue[] {
  const view = new RunView(run, options);
  const profile = view.isEarly ? "early" : "current";
  const findings = rules
    .filter((rule) => rule.profile === "both" || rule.profile === profile)
    .flatMap((rule) => findingsOf(rule, view));
  return located(run, findings);
}

function findingsOf(rule: Rule, view: RunView) {
  const findings = [];
  let characters = 0;
  for (const found of rule.check(view)) {
    findings.push(finding(rule, found));
    characters += found.path.length;
    const isEnough = findings.length === MOST_PER_RULE ||
      characters > MOST_CHARACTERS;
    if (isEnough) break;
  }
  return findings;
}

function finding({ word, fix }: Rule, found: Found) {
  return {
    severity: found.severity,
    rule: word,
    path: found.path,
    message: found.message,
    fix: found.fix ?? fix,
    ...(found.offset !== undefined && { offset: found.offset }),
  };
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
