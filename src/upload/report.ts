import type { AppError } from "../system/app_error.ts";
import { expectedStatus } from "../runs/check_run.ts";
import type { Examined } from "../runs/examine.ts";
import { refusal, type SendOutcome } from "./send_outcome.ts";
import type { Entry } from "./ledger/entry.ts";
import type { Finding, Issue } from "../runs/issue.ts";

/** What became of one run document. */
export type Outcome =
  | "uploaded"
  /** It was uploaded before. */
  | "already_uploaded"
  | "would_upload"
  /** It is in a bundle for a connected PC. */
  | "exported"
  | "invalid"
  | "rejected"
  | "waiting";

/** All outcomes, in the order in which a summary counts them. */
export const OUTCOMES: readonly Outcome[] = [
  "uploaded",
  "already_uploaded",
  "would_upload",
  "exported",
  "invalid",
  "rejected",
  "waiting",
];

/** The result for one run document; the fields of the `report` event. */
export interface Report {
  readonly source: string;
  /** The file that the issues' lines are in. */
  readonly file: string;
  readonly outcome: Outcome;
  /** Null when the source holds no run document. */
  readonly digest: string | null;
  readonly serialNumber: string | null;
  readonly partNumber: string | null;
  /** The status of the answer that decided; null when there was none. */
  readonly httpStatus: number | null;
  /** What StandCloud would answer to a document that was not sent. */
  readonly expectedStatus: number | null;
  readonly testRunId: string | null;
  /** How often it was sent, by this upload and earlier ones. */
  readonly attempts: number;
  /** It was sent again although nobody could say whether StandCloud had it. */
  readonly isPossiblyDuplicate: boolean;
  /** An earlier state or a lesser form of the run was sent: StandCloud's copy lacks what was added since. */
  readonly lacksAdditions?: boolean;
  /** What was sent of it. */
  readonly bytes: number;
  /** Those of the rules have a place in the source, those of the server have none. */
  readonly issues: readonly (Finding | Issue)[];
  /** False when not even the file could be read. */
  readonly isReadable: boolean;
  /** HardPy has not finished the run: it is left for later. */
  readonly isUnfinished: boolean;
  /** Why it was not uploaded. */
  readonly reason: string | null;
}

/** What is said of a document before anything is known of its upload. */
export function blankReport(examined: Examined): Report {
  const { source, file, run, issues, isReadable } = examined;
  return {
    source,
    file,
    isReadable,
    outcome: "waiting",
    digest: null,
    serialNumber: run?.serialNumber ?? null,
    partNumber: run?.partNumber ?? null,
    httpStatus: null,
    expectedStatus: expectedStatus(issues),
    testRunId: null,
    attempts: 0,
    isPossiblyDuplicate: false,
    isUnfinished: false,
    bytes: 0,
    issues: issues.filter(({ severity }) => severity !== "info"),
    reason: null,
  };
}

/** The count of reports by outcome, and how an upload ended. */
export interface UploadResult {
  /** How many sources could not even be read. */
  readonly unreadable: number;
  readonly counts: Readonly<Record<Outcome, number>>;
  readonly bytes: number;
  readonly seconds: number;
  /** Set when it ended before its time: the login is gone, or Ctrl-C. */
  readonly stopped: AppError | undefined;
}

/** What is said of a report in the ledger whose document cannot be found any more. */
export function lostReport(entry: Entry): Report {
  const { source, state, digest, httpStatus, testRunId, attempts } = entry;
  return {
    ...blankReport({
      source,
      file: source,
      run: undefined,
      text: undefined,
      issues: [],
      isReadable: true,
    }),
    outcome: LOST[state] ?? "waiting",
    issues: entry.issues,
    digest,
    serialNumber: entry.serialNumber,
    partNumber: entry.partNumber,
    httpStatus,
    testRunId,
    attempts,
    isPossiblyDuplicate: entry.isPossiblyDuplicate,
    reason: `"${source}" is gone, or has changed; standcloud history forget ${
      digest.slice(0, 12)
    } drops it`,
  };
}

const LOST: Partial<Record<Entry["state"], Outcome>> = {
  rejected: "rejected",
  held: "invalid",
};

/** What is said of a report that another request has brought to its end. */
export function settledReport(
  { blank, source }: { readonly blank: Report; readonly source: string },
  entry: Entry,
): Report {
  const { testRunId, attempts, isPossiblyDuplicate } = entry;
  // A superseded form still has the status of its refusal.
  const httpStatus = entry.state === "superseded" ? null : entry.httpStatus;
  const known = { httpStatus, testRunId, attempts, isPossiblyDuplicate };
  const when = entry.updatedAt.toISOString().slice(0, 19) + "Z";
  if (entry.state === "superseded") {
    const reason = `${when}, after it was mended`;
    return { ...blank, ...known, outcome: "already_uploaded", reason };
  }
  if (entry.state === "uploaded") {
    const same = entry.source === source ? "" : `as ${entry.source}, `;
    const reason = `${same}${when}`;
    // In this form StandCloud would have refused the run; it has another one.
    const issues = blank.issues.filter(({ severity }) => severity !== "error");
    const sound = blank.expectedStatus === null
      ? blank
      : { ...blank, issues, expectedStatus: null };
    return { ...sound, ...known, outcome: "already_uploaded", reason };
  }
  // `history retry` looks for it where it was then.
  const again = entry.source === source
    ? "standcloud history retry, or upload --force"
    : `upload --force; it was ${entry.source} then`;
  const reason = `refused ${when}: ${entry.cause}; to send it again: ${again}`;
  const issues = [...blank.issues, ...entry.issues];
  return { ...blank, ...known, outcome: "rejected", reason, issues };
}

/** What is said of a try to send it. */
export function sentReport(
  { blank, bytes }: { readonly blank: Report; readonly bytes: number },
  entry: Entry,
  outcome: SendOutcome,
): Report {
  const { state, httpStatus, testRunId, requests } = outcome;
  const isFound = state === "uploaded" && requests === 0;
  return {
    ...blank,
    outcome: state,
    httpStatus,
    testRunId,
    attempts: entry.attempts + requests,
    isPossiblyDuplicate: entry.isPossiblyDuplicate ||
      outcome.isPossiblyDuplicate,
    bytes: requests > 0 && httpStatus !== null ? bytes : 0,
    issues: [...blank.issues, ...outcome.details.map(refusal)],
    reason: isFound
      ? "found at StandCloud, where it had come before"
      : state === "rejected"
      ? `StandCloud answers with HTTP ${httpStatus}`
      : outcome.cause,
  };
}

export class Tally {
  readonly counts = Object.fromEntries(
    OUTCOMES.map((outcome) => [outcome, 0]),
  ) as Record<Outcome, number>;
  bytes = 0;
  unreadable = 0;

  add(report: Report): void {
    this.counts[report.outcome]++;
    this.bytes += report.bytes;
    if (!report.isReadable) this.unreadable++;
  }
}

/** The exit code of an upload: the worst outcome decides. */
export function exitCodeOf(result: UploadResult): number {
  const { counts, stopped, unreadable } = result;
  if (stopped !== undefined) return stopped.exitCode;
  if (counts.invalid > unreadable || counts.rejected > 0) return 5;
  if (unreadable > 0) return 2;
  return counts.waiting > 0 ? 6 : 0;
}
