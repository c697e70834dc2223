import { AppError } from "../system/app_error.ts";
import { HttpFailure, type HttpFailureReason } from "../system/http_failure.ts";
import type { Address } from "./address.ts";
import { certificateError, NOT_THEIRS } from "./certificate_error.ts";
import { clockText, isClockWrong } from "./clock_offset.ts";

/** What a failed request means to the user. Anything that is no `HttpFailure` comes back as it is. */
export function connectionError(address: Address, error: unknown): unknown {
  if (!(error instanceof HttpFailure)) return error;
  if (error.reason.startsWith("certificate")) {
    return certificateError(address, error);
  }
  const tlsHint = TLS_HINTS[error.reason];
  const hint = tlsHint ?? HINTS[error.reason] ??
    "check the network, and the proxy in HTTPS_PROXY";
  return new AppError(
    tlsHint === undefined ? "unreachable" : "tls_failed",
    `Cannot reach ${address.text}: ${lowerFirst(error.message)}`,
    {
      cause: error,
      hints: [hint, `run: standcloud doctor ${address.text}`],
    },
  );
}

const TLS_HINTS: Partial<Record<HttpFailureReason, string>> = {
  "client_certificate":
    "this program has none to show: ask for an address of the service that wants an API key or a login only",
  "tls_too_old":
    "the service, or what stands in front of it, needs TLS 1.2 or 1.3 with ECDHE ciphers",
  "not_tls": "check the address and its port",
  "http2_only": "let the service, or what stands in front of it, take HTTP/1.1",
};

const HINTS: Partial<Record<HttpFailureReason, string>> = {
  "unknown_host": "check the address for typing errors, and the DNS settings",
  proxy:
    "check HTTPS_PROXY (http://USER:PASSWORD@HOST:PORT); NO_PROXY names hosts to reach without it",
};

/** An answer that StandCloud would not give. */
export function notStandCloud(
  address: Address,
  what: string,
  httpStatus?: number,
): AppError {
  return new AppError(
    "not_standcloud",
    `${address.text} does not answer as StandCloud: ${what}`,
    {
      hints: [NOT_THEIRS],
      ...(httpStatus !== undefined && { httpStatus }),
    },
  );
}

/** A login that looks good here and is refused there, also after a renewal. */
export function loginNotAccepted(
  address: Address,
  httpStatus: number,
  { clockAheadMilliseconds = 0, flow }: {
    clockAheadMilliseconds?: number | undefined;
    flow?: string | undefined;
  } = {},
): AppError {
  const { text } = address;
  // A new device code would give a login of the same kind.
  const isDevice = flow === "device";
  const why = isDevice ? ": device codes may give no access to the API" : "";
  return new AppError(
    "login_ended",
    `${text} does not accept the login${why}`,
    {
      hints: [
        // A token may look as if it were from the future, or long expired.
        ...(isClockWrong(clockAheadMilliseconds)
          ? [`${clockText(clockAheadMilliseconds)}: set it first`]
          : []),
        ...(isDevice
          ? [
            `run: standcloud sc-login ${text} --flow browser`,
            `or with an API key: standcloud sc-login ${text} --flow api-key`,
          ]
          : [`run: standcloud sc-login ${text} --force`]),
      ],
      httpStatus,
    },
  );
}

/** The proxy in front of the API knows the account, and does not let it in (HTTP 403). */
export function notAllowed(
  address: Address,
  httpStatus: number,
  action = "use it",
): AppError {
  return new AppError(
    "not_allowed",
    `${address.text} does not allow this account to ${action} (HTTP ${httpStatus})`,
    {
      hints: [
        "ask the administrator of your StandCloud organisation to give this account access",
      ],
      httpStatus,
    },
  );
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
