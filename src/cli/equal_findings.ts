import type { Finding, Issue } from "../runs/issue.ts";
import { fixText } from "./fix_text.ts";
import type { Line } from "./line.ts";
import { SEVERITY_TONES } from "./outcome_text.ts";
import { isFillable } from "./report_text.ts";

/** A finding is shown in so many documents; in further ones it is counted. */
const SHOWN_DOCUMENTS = 3;

/** Millions of runs may have as many different messages: from here on each is shown with its run. */
const MOST_DIFFERENT = 1000;

interface Equal {
  readonly first: Finding | Issue;
  documents: number;
}

/** Keeps a finding that many documents have from filling the screen. */
export class EqualFindings {
  readonly #all = new Map<string, Equal>();

  /** The findings of a document that are shown with it. */
  shown<F extends Finding | Issue>(findings: readonly F[]): F[] {
    const counted = new Set<Equal>();
    return findings.filter((finding) => {
      const equal = this.#equalTo(finding);
      if (equal === undefined) return true;
      if (!counted.has(equal)) equal.documents++;
      counted.add(equal);
      return equal.documents <= SHOWN_DOCUMENTS;
    });
  }

  /** The others, with the number of documents; for the end. */
  lines(): Line[] {
    return [...this.#all.values()].flatMap(({ first, documents }) => {
      const more = documents - SHOWN_DOCUMENTS;
      return more > 0 ? linesOf(first, more) : [];
    });
  }

  /** Undefined where there are too many different ones already. */
  #equalTo(finding: Finding | Issue): Equal | undefined {
    const { severity, rule, message, fix } = finding;
    const key = JSON.stringify([severity, rule, message, fix]);
    const known = this.#all.get(key);
    if (known !== undefined || this.#all.size === MOST_DIFFERENT) return known;
    const fresh = { first: finding, documents: 0 };
    this.#all.set(key, fresh);
    return fresh;
  }
}

function linesOf(finding: Finding | Issue, more: number): Line[] {
  const { severity, rule, message, fix } = finding;
  const documents = more === 1 ? "1 more document" : `${more} more documents`;
  return [
    [
      { text: `in ${documents}: ` },
      { text: severity, tone: SEVERITY_TONES[severity] },
      { text: `: ${message} [${rule}] (--verbose lists them)` },
    ],
    `  fix: ${fixText(fix)}`,
    ...isFillable(finding)
      ? [
        "  or, for these runs: standcloud upload --fill-unknown and the same paths",
      ]
      : [],
  ];
}
