import { AppError } from "../system/app_error.ts";
import type { Service } from "../standcloud/service.ts";
import type { OAuthLogin } from "./login.ts";

/** Only a new login helps. `endedAt`: when the server refused to renew it. */
export function ended({ address }: Service, endedAt?: Date): AppError {
  const why = endedAt === undefined
    ? ""
    : `: StandCloud refused to renew it at ${timeText(endedAt)}`;
  return new AppError(
    "login_ended",
    `The login to ${address.text} has ended${why}`,
    { hints: [`run: standcloud sc-login ${address.text}`] },
  );
}

/** Whether the server refused to renew a login, for good. */
export function isEnded(error: unknown): boolean {
  return error instanceof AppError && error.code === "login_ended";
}

/** Whether a failed renewal says nothing against an access token that has not ended. */
export function isHarmless(error: unknown): error is AppError {
  if (!(error instanceof AppError)) return false;
  const { code, kind } = error;
  return kind === "network" || code === "store_unwritable" ||
    code === "login_ended" || code === "login_refused";
}

/** What a person is told of a renewal that failed while the access token has not ended. */
export function notRenewedYet(
  { address: { text } }: Service,
  error: AppError,
  { expiresAt }: Pick<OAuthLogin, "expiresAt">,
): string {
  if (isEnded(error)) {
    return `StandCloud refuses to renew the login to ${text}, and may refuse its access token too; run: standcloud sc-login ${text}`;
  }
  const end = expiresAt === undefined ? "" : ` until ${timeText(expiresAt)}`;
  return `the login to ${text} cannot be renewed now (${error.message}); the command uses the old one${end}`;
}

function timeText(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}

/** Whether a login could not be saved, which was found out before one was asked for. */
export function isUnwritable(error: unknown): error is AppError {
  return error instanceof AppError && error.code === "store_unwritable";
}

/**
 * A login that has to be renewed first, where the new one could not be saved: the
 * refresh token would be used up for one process.
 */
export function notRenewed({ address }: Service, cause: AppError): AppError {
  return new AppError(
    cause.code,
    `The login to ${address.text} must be renewed, and the new one could not be saved: ${cause.message}`,
    {
      cause,
      hints: [
        ...cause.hints,
        "an API key in STANDCLOUD_API_KEY needs no folder",
      ],
    },
  );
}

/** The old refresh token is used up, and the new one is in this process only. */
export function notSaved({ address }: Service, cause: AppError): AppError {
  return new AppError(
    "login_not_saved",
    `StandCloud has renewed the login to ${address.text}, but it cannot be saved: this process uses it, the stored one is dead (${cause.message})`,
    {
      cause,
      hints: [
        ...cause.hints,
        `run: standcloud sc-login ${address.text}`,
      ],
    },
  );
}

/** @param place what the user calls the place of the key; undefined for the stored one. */
export function refusedKey(
  { address: { text } }: Service,
  place: string | undefined,
): AppError {
  return new AppError(
    "login_refused",
    `${text} refuses ${place ?? "the API key"}`,
    {
      hints: [
        "make a new API key in StandCloud's settings",
        place === undefined
          ? `run: standcloud sc-login ${text} --flow api-key`
          : `put the new key in place of ${place}`,
      ],
    },
  );
}
