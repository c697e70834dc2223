import { AppError } from "../system/app_error.ts";
import type { Secret } from "../system/secret.ts";
import { expectedStatus } from "../runs/check_run.ts";
import type { Examined } from "../runs/examine.ts";
import type { Finding } from "../runs/issue.ts";
import type { AnswerDetail } from "../standcloud/answer_details.ts";
import {
  postTestReport,
  type UploadAnswer,
} from "../standcloud/post_report.ts";
import { loginNotAccepted } from "../standcloud/connection_error.ts";
import type { Service } from "../standcloud/service.ts";
import type { BearerSource } from "../tokens/bearer.ts";
import type { Report } from "./report.ts";

/** Where reports go, and with whose login. */
export interface UploadTarget {
  readonly service: Service;
  readonly bearer: BearerSource;
}

export interface SendOptions {
  /** Undefined: nothing is sent (a dry run). */
  readonly target: UploadTarget | undefined;
  readonly timeoutMilliseconds: number;
  /** Runs of this upload by digest: HardPy's folders hold the same run in several forms. */
  readonly seen: Map<string, Promise<Report>>;
}

/**
 * Sends one run document, unless StandCloud is known to refuse it. What else
 * the rules say about it is reported, but for StandCloud to judge.
 *
 * @throws only what ends the whole upload: the login is gone.
 */
export async function sendReport(
  examined: Examined,
  options: SendOptions,
): Promise<Report> {
  const { run } = examined;
  let blank = blankReport(examined);
  if (run === undefined) return { ...blank, outcome: "invalid" };
  const digest = await run.digest();
  blank = { ...blank, digest };
  if (blank.expectedStatus !== null) return { ...blank, outcome: "invalid" };
  const twin = options.seen.get(digest);
  if (twin !== undefined) return sameAs(await twin, blank);
  const sent = deliver(run.wire(), blank, options);
  options.seen.set(digest, sent);
  return await sent;
}

function sameAs(twin: Report, blank: Report): Report {
  const { outcome, httpStatus, testRunId } = twin;
  const isDone = outcome === "uploaded" || outcome === "would_upload";
  return {
    ...blank,
    outcome: isDone ? "already_uploaded" : outcome,
    httpStatus,
    testRunId,
    reason: `the same run as ${twin.source}`,
  };
}

async function deliver(
  document: string,
  blank: Report,
  { target, timeoutMilliseconds }: SendOptions,
): Promise<Report> {
  if (target === undefined) return { ...blank, outcome: "would_upload" };
  let attempts = 0;
  try {
    const token = await target.bearer();
    attempts = 1;
    const answer = await post(target, document, {
      token,
      timeoutMilliseconds,
    });
    return {
      ...blank,
      ...judged(answer, blank),
      bytes: new TextEncoder().encode(document).length,
    };
  } catch (error) {
    if (!(error instanceof AppError) || !isPassing(error)) throw error;
    return { ...blank, attempts, reason: error.message };
  }
}

/** The document may go up later: the network or the service is at fault, not the login. */
function isPassing(error: AppError): boolean {
  return error.exitCode === 4;
}

async function post(
  { service, bearer }: UploadTarget,
  document: string,
  options: { token: Secret; timeoutMilliseconds: number },
): Promise<Answer> {
  const send = (token: Secret) =>
    postTestReport(service, document, { ...options, token });
  let answer = await send(options.token);
  if (answer.kind !== "login_required") return { ...answer, attempts: 1 };
  answer = await send(await bearer(options.token));
  if (answer.kind !== "login_required") return { ...answer, attempts: 2 };
  throw loginNotAccepted(service.address, answer.status);
}

type Answer = UploadAnswer & { status: number; attempts: number };

function judged(answer: Answer, blank: Report): Partial<Report> {
  const common = { httpStatus: answer.status, attempts: answer.attempts };
  switch (answer.kind) {
    case "created":
      return { ...common, outcome: "uploaded", testRunId: answer.testRunId };
    case "rejected":
      return {
        ...common,
        outcome: "rejected",
        issues: [...blank.issues, ...answer.details.map(refusal)],
        reason: `StandCloud answers with HTTP ${answer.status}`,
      };
    default:
      return {
        ...common,
        outcome: "waiting",
        reason: `StandCloud answers with HTTP ${answer.status}`,
      };
  }
}

function refusal({ path, message }: AnswerDetail): Finding {
  return {
    severity: "error",
    rule: "refused-by-server",
    path,
    message,
    fix: "mend the test plan, or ask StandCloud's support",
  };
}

/** The report of a document that was not sent because the upload ended first. */
export function unsentReport(examined: Examined, reason: string): Report {
  return { ...blankReport(examined), reason };
}

function blankReport(examined: Examined): Report {
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
    bytes: 0,
    issues: issues.filter(({ severity }) => severity !== "info"),
    reason: null,
  };
}
