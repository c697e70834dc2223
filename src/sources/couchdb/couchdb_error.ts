import { AppError } from "../../system/app_error.ts";
import { HttpFailure } from "../../system/http_failure.ts";
import type { DatabaseUrl } from "./database_url.ts";

/** Why a request had no answer. What is no failure of the network comes back as it is. */
export function requestError(url: DatabaseUrl, error: unknown): unknown {
  if (!(error instanceof HttpFailure)) return error;
  const { message, reason } = error;
  const why = message.charAt(0).toLowerCase() + message.slice(1);
  return new AppError(
    reason.startsWith("certificate") ? "certificate_refused" : "unreachable",
    `Cannot reach CouchDB at ${url.origin}: ${why}`,
    {
      // Without the cause, which names the request.
      hints: ["start CouchDB, or check host and port"],
    },
  );
}

/** Undefined for an answer that holds what was asked for. */
export function answerError(
  url: DatabaseUrl,
  status: number,
): AppError | undefined {
  if (status === 200) return undefined;
  if (status === 401 || status === 403) {
    const what = url.authorization === undefined
      ? `CouchDB at ${url.origin} asks for a user and a password`
      : `CouchDB at ${url.origin} does not accept the user and the password`;
    return new AppError("config_invalid", what, {
      hints: [
        "give them in the URL (http://USER:PASSWORD@HOST:PORT), or in [database] of hardpy.toml",
      ],
      httpStatus: status,
    });
  }
  if (status < 500) return noCouchDb(url, `it answers with HTTP ${status}`);
  return new AppError(
    "unreachable",
    `CouchDB at ${url.origin} answers with HTTP ${status}`,
    { hints: ["look into CouchDB's log, and try again"], httpStatus: status },
  );
}

export function noCouchDb(url: DatabaseUrl, why: string): AppError {
  return new AppError(
    "not_couchdb",
    `${url.origin} does not answer as CouchDB: ${why}`,
    { hints: ["check host and port: HardPy's CouchDB listens on port 5984"] },
  );
}

/** A database that was named and is not there. */
export function noDatabase(url: DatabaseUrl): AppError {
  return new AppError(
    "input_unreadable",
    `There is no database "${url.database}" at ${url.origin}`,
    {
      hints: [
        `HardPy stores runs in report, runstore and tempstore: give ${url.origin} for all of them`,
      ],
    },
  );
}
