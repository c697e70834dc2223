import type { PlacedFinding, Severity } from "../issue.ts";
import type { Found, Rule } from "./rule.ts";
import type { RunView } from "./run_view.ts";

/** More of one rule say nothing new, and a document made to do harm could have millions. */
export const MOST_PER_RULE = 200;

/** Of the paths of one rule's findings: keys can be very long. */
const MOST_CHARACTERS = 1_000_000;
/** Of those that are only counted. */
const MOST_COUNTED_CHARACTERS = 10_000_000;

/** What a rule says of a run. */
export interface BoundedFindings {
  readonly rule: Rule;
  readonly findings: readonly PlacedFinding[];
  /** How many more there are. */
  readonly more: ReadonlyMap<Severity, number>;
  /** Nobody counted to the end. */
  readonly isAtLeast: boolean;
}

/** The first findings of a rule, and the number of the others. */
export function boundedFindings(rule: Rule, view: RunView): BoundedFindings {
  const findings: PlacedFinding[] = [];
  const more = new Map<Severity, number>();
  let characters = 0;
  for (const found of rule.check(view)) {
    const isEnough = characters > MOST_COUNTED_CHARACTERS;
    const isFull = findings.length === MOST_PER_RULE ||
      characters > MOST_CHARACTERS;
    if ("more" in found || isFull) {
      const count = "more" in found ? found.more : 1;
      more.set(found.severity, (more.get(found.severity) ?? 0) + count);
    }
    if (isEnough) return { rule, findings, more, isAtLeast: true };
    if ("more" in found) continue;
    characters += found.path.length;
    if (!isFull) findings.push(placedFinding(rule, found));
  }
  return { rule, findings, more, isAtLeast: false };
}

function placedFinding({ word, fix }: Rule, found: Found): PlacedFinding {
  return {
    severity: found.severity,
    rule: word,
    path: found.path,
    message: found.message,
    fix: found.fix ?? fix,
    ...(found.offset !== undefined && { offset: found.offset }),
  };
}
