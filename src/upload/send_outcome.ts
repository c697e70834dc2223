import type { AppError } from "../system/app_error.ts";
import type { Finding } from "../runs/issue.ts";
import type { AnswerDetail } from "../standcloud/answer_details.ts";
import type { Entry, Settlement } from "./ledger/entry.ts";

/** How a try ended, and what else StandCloud said. */
export interface SendOutcome extends Settlement {
  readonly details: readonly AnswerDetail[];
  /** What a failure asks everybody to wait for. */
  readonly waitMilliseconds?: number | undefined;
  /** Why there was no answer. */
  readonly error?: AppError;
}

/** What StandCloud has against a report. */
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

/** What was uploaded stays so, whatever becomes of it when it is sent once more. */
export function lasting({ state }: Entry, outcome: SendOutcome): SendOutcome {
  const known = { ...outcome, issues: outcome.details.map(refusal) };
  if (state !== "uploaded" || outcome.state === "uploaded") return known;
  return { ...known, state, httpStatus: null, cause: null, nextTryAt: null };
}
