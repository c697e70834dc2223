import { AppError } from "../system/app_error.ts";
import { HttpFailure } from "../system/http_failure.ts";

/** What an answer other than 201 means for a report. */
export interface Verdict {
  /**
   * `rejected`: sending it again would not help. `not_allowed`: the account is
   * at fault, and no report can be sent.
   */
  readonly kind: "rejected" | "temporary" | "not_allowed";
  /** Whether StandCloud could have stored the report all the same. */
  readonly mayBeStored: boolean;
}

const REJECTED: Verdict = { kind: "rejected", mayBeStored: false };
const NOT_ALLOWED: Verdict = { kind: "not_allowed", mayBeStored: false };
const NOT_NOW: Verdict = { kind: "temporary", mayBeStored: false };
const UNKNOWN: Verdict = { kind: "temporary", mayBeStored: true };

/** The first row that holds the status counts. */
const TABLE: readonly (readonly [from: number, to: number, Verdict])[] = [
  // An answer that StandCloud does not give, perhaps of something between it and us.
  [200, 299, UNKNOWN],
  // The sign-in proxy says it of the account, never of a report.
  [403, 403, NOT_ALLOWED],
  // Time-out while it was reading; locked; too early; too many requests.
  [408, 408, NOT_NOW],
  [423, 423, NOT_NOW],
  [425, 425, NOT_NOW],
  [429, 429, NOT_NOW],
  [400, 499, REJECTED],
  // Not implemented; HTTP version not supported.
  [501, 501, REJECTED],
  [505, 505, REJECTED],
  [503, 503, NOT_NOW],
  // Also a gateway's, whose own request may have come through (502, 504, 52x).
  [500, 599, UNKNOWN],
];

export function verdictOf(status: number): Verdict {
  const row = TABLE.find(([from, to]) => status >= from && status <= to);
  return row?.[2] ?? UNKNOWN;
}

/** Whether a request that got no answer could have reached the service. */
export function mayHaveArrived(error: unknown): boolean {
  const cause = error instanceof AppError ? error.cause : undefined;
  return cause instanceof HttpFailure &&
    (cause.reason === "timeout" || cause.reason === "connection");
}

/** Too many requests; a service or a gateway that has no room. */
const CROWDED: readonly (number | null)[] = [429, 503];

/** Whether a failed request says that too many are under way: also one without an answer in time. */
export function isCrowded(
  { httpStatus, error }: { httpStatus: number | null; error?: AppError },
): boolean {
  const cause = error?.cause;
  return CROWDED.includes(httpStatus) ||
    cause instanceof HttpFailure && cause.reason === "timeout";
}

/** @param options `isReading`: of an answer with status 200 the body counts. */
export function said(status: number, { isReading = false } = {}): string {
  if (isReading && status === 200) return "The answer of StandCloud broke off";
  const answer = `StandCloud answers with HTTP ${status}`;
  return status === 413 ? `${answer}: the run is too large for it` : answer;
}
