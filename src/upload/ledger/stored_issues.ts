import type { Finding } from "../../runs/issue.ts";

/** A finding as the ledger keeps it. */
export interface StoredIssue extends Finding {
  /** So many more findings are not listed. */
  readonly more?: number;
}

const MOST_ISSUES = 20;
const MOST_CHARACTERS = 500;

/** The errors among the findings, for the ledger; null when there is none. */
export function issuesText(findings: readonly Finding[]): string | null {
  const errors = findings.filter(({ severity }) => severity === "error");
  if (errors.length === 0) return null;
  const kept: StoredIssue[] = errors.slice(0, MOST_ISSUES).map(bounded);
  const last = kept.at(-1);
  const more = errors.length - kept.length;
  if (last !== undefined && more > 0) {
    kept[kept.length - 1] = { ...last, more };
  }
  return JSON.stringify(kept);
}

function bounded(finding: Finding): StoredIssue {
  const { severity, rule, path, message, fix } = finding;
  return {
    severity,
    rule: short(rule),
    path: short(path),
    message: short(message),
    fix: short(fix),
  };
}

function short(text: string): string {
  return text.length <= MOST_CHARACTERS
    ? text
    : `${text.slice(0, MOST_CHARACTERS - 1)}…`;
}

/** What the ledger has kept; nothing where another program has changed it. */
export function issuesFrom(text: string | null): readonly StoredIssue[] {
  if (text === null) return [];
  try {
    const issues: unknown = JSON.parse(text);
    return Array.isArray(issues) ? issues.filter(isIssue) : [];
  } catch {
    return [];
  }
}

const TEXTS = ["rule", "path", "message", "fix"] as const;

function isIssue(value: unknown): value is StoredIssue {
  if (typeof value !== "object" || value === null) return false;
  const issue = value as Record<string, unknown>;
  return issue["severity"] === "error" &&
    TEXTS.every((name) => typeof issue[name] === "string");
}
