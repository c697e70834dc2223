import type { Finding } from "../../runs/issue.ts";
import { isFuller } from "../../runs/one_run.ts";
import type { StoredForm } from "../../runs/stored_form.ts";
import type { AnswerDetail } from "../../standcloud/answer_details.ts";
import { said } from "../../standcloud/verdict.ts";
import { type Entry, isDone, type Settlement } from "../ledger/entry.ts";
import { blankReport, type Outcome, type Report } from "./report.ts";

/** What StandCloud has against a document. */
export function refusal(
  { path, message }: Pick<AnswerDetail, "path" | "message">,
): Finding {
  return {
    severity: "error",
    rule: "refused-by-server",
    path,
    message,
    fix: "mend the test plan, or ask StandCloud's support",
  };
}

/** Why StandCloud has refused a document, in a line. */
export function refusalCause(
  status: number,
  details: readonly Pick<AnswerDetail, "message">[],
): string {
  const messages = details.map(({ message }) => message);
  return [said(status), messages.join("; ")].filter(Boolean).join(": ");
}

/** What a report is about. */
export interface Reported {
  /** What is said of it so far. */
  readonly blank: Report;
  /** What the ledger calls its source. */
  readonly source: string;
  readonly form?: StoredForm;
}

/** What is said of a try to send a document. */
export function sentReport(
  { blank, bytes }: Pick<Reported, "blank"> & { readonly bytes: number },
  entry: Entry,
  settlement: Settlement,
): Report {
  const { state, httpStatus, testRunId, requests } = settlement;
  const isFound = state === "uploaded" && requests === 0;
  return {
    ...blank,
    outcome: state,
    httpStatus,
    testRunId,
    attempts: entry.attempts + requests,
    isPossiblyDuplicate: entry.isPossiblyDuplicate ||
      settlement.isPossiblyDuplicate,
    bytes: requests > 0 && httpStatus !== null ? bytes : 0,
    issues: [...blank.issues, ...settlement.issues ?? []],
    reason: isFound
      ? "found at StandCloud, where it had come before"
      : state === "rejected"
      ? said(httpStatus ?? 0)
      : settlement.cause,
  };
}

/**
 * What is said of a document whose run the ledger knows as done or refused.
 *
 * @param others what the ledger knows of other stored forms of the run.
 */
export function settledReport(
  document: Reported,
  entry: Entry,
  others: readonly Entry[],
): Report {
  const { blank } = document;
  const { testRunId, attempts, isPossiblyDuplicate } = entry;
  const when = `${entry.updatedAt.toISOString().slice(0, 19)}Z`;
  const known = { ...blank, testRunId, attempts, isPossiblyDuplicate };
  if (!isDone(entry)) {
    const { httpStatus } = entry;
    const reason = `refused ${when}: ${entry.cause}; to send it again: ${
      againBy(entry, document)
    }`;
    const issues = [...blank.issues, ...entry.issues];
    return { ...known, httpStatus, outcome: "rejected", reason, issues };
  }
  const forms = [entry, ...others];
  const lacksAdditions = isFullerThanSent(document, forms);
  const outcome = "already_uploaded";
  if (entry.state === "superseded") {
    const reason = `${when}, after it was mended`;
    return { ...known, httpStatus: null, lacksAdditions, outcome, reason };
  }
  const same = entry.source === document.source ? "" : `as ${entry.source}, `;
  return {
    ...known,
    ...blank.expectedStatus !== null && withoutErrors(blank),
    httpStatus: entry.httpStatus,
    lacksAdditions,
    outcome,
    reason: `${same}${when}`,
  };
}

/** `history retry` looks for a document where it was when it was sent. */
function againBy(entry: Entry, { source }: Reported): string {
  return entry.source === source
    ? "standcloud history retry, or upload --force"
    : `upload --force; it was ${entry.source} then`;
}

/** In this form StandCloud would have refused the run; StandCloud has another form. */
function withoutErrors({ issues }: Report): Partial<Report> {
  const others = issues.filter(({ severity }) => severity !== "error");
  return { issues: others, expectedStatus: null };
}

/** Whether a post-run function has added to the run since it was sent. */
function isFullerThanSent(
  { form, blank: { digest } }: Reported,
  forms: readonly Entry[],
): boolean {
  const sent = forms.filter(({ state, attempts }) =>
    state === "uploaded" && attempts > 0
  );
  return form !== undefined && sent.length > 0 &&
    sent.every((one) =>
      one.digest !== digest && !!one.form &&
      (isFuller(form, one.form) || form === "record" && one.form === form)
    );
}

const LOST: Partial<Record<Entry["state"], Outcome>> = {
  rejected: "rejected",
  held: "invalid",
};

/** What is said of an entry of the ledger whose document is in no source. */
export function lostReport(entry: Entry): Report {
  const { source, state, digest, issues } = entry;
  const { serialNumber, partNumber, httpStatus } = entry;
  const { testRunId, attempts, isPossiblyDuplicate } = entry;
  return {
    ...blankReport({ source, file: source, issues: [], isReadable: true }),
    outcome: LOST[state] ?? "waiting",
    ...{ issues, digest, serialNumber, partNumber, httpStatus },
    ...{ testRunId, attempts, isPossiblyDuplicate },
    reason: `"${source}" is gone, or has changed; standcloud history forget ${
      digest.slice(0, 12)
    } drops it`,
  };
}
