import type { Validated } from "../inspect/validate_runs.ts";
import type { Severity } from "../runs/issue.ts";
import type { Line } from "./line.ts";
import { SEVERITY_TONES } from "./outcome_text.ts";

const SEVERITIES: readonly Severity[] = ["error", "warning", "info"];

interface Count {
  readonly rule: string;
  readonly severity: Severity;
  findings: number;
  documents: number;
}

/** Counts the findings of many documents by rule. */
export class RuleCounts {
  readonly #counts = new Map<string, Count>();

  add({ issues }: Pick<Validated, "issues">): void {
    const met = new Set<Count>();
    for (const { rule, severity, more = 1 } of issues) {
      const count = this.#count(rule, severity);
      count.findings += more;
      if (!met.has(count)) count.documents++;
      met.add(count);
    }
  }

  /** The gravest first, then the most frequent. */
  lines(): Line[] {
    const sorted = [...this.#counts.values()].sort((a, b) =>
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      b.findings - a.findings || (a.rule < b.rule ? -1 : 1)
    );
    return sorted.map(({ rule, severity, findings, documents }) => [
      { text: `${findings}`.padStart(7) },
      { text: "  " },
      { text: severity.padEnd(7), tone: SEVERITY_TONES[severity] },
      {
        text: `  ${rule} (${documents} ${
          documents === 1 ? "document" : "documents"
        })`,
      },
    ]);
  }

  #count(rule: string, severity: Severity): Count {
    const key = `${severity} ${rule}`;
    const known = this.#counts.get(key);
    if (known !== undefined) return known;
    const fresh = { rule, severity, findings: 0, documents: 0 };
    this.#counts.set(key, fresh);
    return fresh;
  }
}
