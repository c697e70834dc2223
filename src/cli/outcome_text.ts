import type { Tone } from "../page/status.ts";
import type { Severity } from "../runs/issue.ts";
import type { EntryState } from "../upload/ledger/entry.ts";
import type { Outcome } from "../upload/report/report.ts";

/** How a result looks before its word is read. */
export interface Sign {
  readonly mark: string;
  readonly tone: Tone | undefined;
}

const GOOD: Sign = { mark: "✓", tone: "good" };
const BAD: Sign = { mark: "✗", tone: "bad" };
const PENDING: Sign = { mark: "…", tone: "warn" };

/** Of each outcome of an upload, and of each state of a run in the ledger. */
export const SIGNS: Readonly<Record<Outcome | EntryState, Sign>> = {
  uploaded: GOOD,
  "already_uploaded": GOOD,
  exported: GOOD,
  "would_upload": { mark: "→", tone: undefined },
  invalid: BAD,
  rejected: BAD,
  held: BAD,
  waiting: PENDING,
  sending: PENDING,
  superseded: { mark: "–", tone: "quiet" },
};

export const SEVERITY_TONES: Readonly<Record<Severity, Tone>> = {
  error: "bad",
  warning: "warn",
  info: "quiet",
};

const STATUSES = new Map<string, { word: string; tone: Tone }>([
  ["passed", { word: "PASS", tone: "good" }],
  ["failed", { word: "FAIL", tone: "bad" }],
  ["error", { word: "ERROR", tone: "bad" }],
  ["stopped", { word: "STOP", tone: "warn" }],
  ["skipped", { word: "SKIP", tone: "quiet" }],
]);

const WORD_LIMIT = 8;

/** The result of a test run, in a word that fits a column. */
export function statusWord(
  status: string | null,
): { readonly word: string; readonly tone: Tone } {
  if (status === null) return { word: "–", tone: "quiet" };
  return STATUSES.get(status) ??
    { word: status.slice(0, WORD_LIMIT).toUpperCase(), tone: "warn" };
}
