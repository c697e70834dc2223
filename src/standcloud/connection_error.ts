import { AppError } from "../system/app_error.ts";
import { HttpFailure } from "../system/http_client.ts";
import type { Address } from "./address.ts";

/** What a failed request means to the user. Anything that is no `HttpFailure` comes back as it is. */
export function connectionError(address: Address, error: unknown): unknown {
  if (!(error instanceof HttpFailure)) return error;
  if (error.reason === "certificate_from_future") {
    return new AppError(
      "clock_wrong",
      `Cannot trust ${address.text}: ${lowerFirst(error.message)}`,
      { cause: error, hints: ["set the clock of this stand"] },
    );
  }
  if (error.reason === "certificate") {
    return new AppError(
      "certificate_refused",
      `Cannot trust ${address.text}: ${lowerFirst(error.message)}`,
      {
        cause: error,
        hints: [
          "behind a proxy or a private authority, give its certificate: --ca-file PATH",
          "check the clock of this stand",
        ],
      },
    );
  }
  const hints = error.reason === "unknown_host"
    ? ["check the address for typing errors, and the DNS settings"]
    : ["check the network, and the proxy in HTTPS_PROXY"];
  return new AppError(
    "unreachable",
    `Cannot reach ${address.text}: ${lowerFirst(error.message)}`,
    { cause: error, hints },
  );
}

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
      hints: ["check the address"],
      ...(httpStatus !== undefined && { httpStatus }),
    },
  );
}

/** A login that looks good here and is refused there, also after a renewal. */
export function loginNotAccepted(
  address: Address,
  httpStatus: number,
): AppError {
  return new AppError(
    "login_ended",
    `${address.text} does not accept the login`,
    {
      hints: [`run: standcloud sc-login ${address.text} --force`],
      httpStatus,
    },
  );
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
