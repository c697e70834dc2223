import { AppError, type ErrorCode } from "../system/app_error.ts";
import type { Address } from "./address.ts";
import { tryAgain } from "./retry_after.ts";
import { connectionError, notStandCloud } from "./connection_error.ts";

/** An error in the form of RFC 6749 sections 4.1.2.1 and 5.2. */
interface ProtocolError {
  readonly error: string;
  readonly "error_description"?: string;
}

/** What was asked for: a login, or the next tokens of one. */
export type Exchange = "sign_in" | "renewal";

/** Errors with which a server asks to be tried again later. */
const TEMPORARY = ["server_error", "temporarily_unavailable"];

/**
 * What a failed exchange with the authorization server means to the user. The
 * library's own error is dropped: it holds the whole answer, tokens included.
 */
export function authorizationError(
  address: Address,
  error: unknown,
  exchange: Exchange = "sign_in",
): unknown {
  if (error instanceof AppError) return error;
  const known = connectionError(address, error);
  if (known !== error) return known;
  const status = statusOf(error);
  if (status !== undefined && (status >= 500 || status === 429)) {
    return new AppError(
      "unreachable",
      `The sign-in service of ${address.text} is out of order (HTTP ${status})`,
      { hints: [tryAgain(responseOf(error)?.headers.get("retry-after"))] },
    );
  }
  if (isProtocolError(error)) return refused(address, error, exchange);
  if (!(error instanceof Error)) return error;
  // An abort is the user's own doing and passes as it is.
  if (error instanceof DOMException) return error;
  const what = status === undefined
    ? error.message
    : `the sign-in service answers with HTTP ${status}`;
  return notStandCloud(address, what);
}

function refused(
  address: Address,
  answer: ProtocolError,
  exchange: Exchange,
): AppError {
  const word = answer.error.slice(0, 100);
  const detail = answer.error_description?.slice(0, 500);
  const again = `run: standcloud sc-login ${address.text}`;
  const [code, message, hint]: [ErrorCode, string, string] =
    answer.error === "invalid_grant"
      ? exchange === "renewal"
        ? ["login_ended", `The login to ${address.text} has ended`, again]
        : [
          "login_refused",
          `The login to ${address.text} has failed: its code is not valid any more`,
          again,
        ]
      : answer.error === "access_denied"
      ? [
        "login_refused",
        `The login was denied at ${address.text}`,
        `${again}, and press Accept`,
      ]
      : TEMPORARY.includes(answer.error)
      ? [
        "unreachable",
        `The sign-in service of ${address.text} is out of order`,
        "try again later",
      ]
      : ["login_refused", `${address.text} refused the login`, again];
  return new AppError(code, `${message} (${word})`, { hints: [hint], detail });
}

function isProtocolError(error: unknown): error is Error & ProtocolError {
  return error instanceof Error && "error" in error &&
    typeof error.error === "string";
}

/** The answer that the library has judged. */
function responseOf(error: unknown): Response | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error.cause instanceof Response) return error.cause;
  return "response" in error && error.response instanceof Response
    ? error.response
    : undefined;
}

/** The HTTP status of an answer that was no valid OAuth answer at all. */
function statusOf(error: unknown): number | undefined {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof Response) return cause.status;
  const status = error instanceof Error && "status" in error
    ? error.status
    : undefined;
  return typeof status === "number" ? status : undefined;
}
