import { AppError } from "../system/app_error.ts";
import type { Service } from "../standcloud/service.ts";

/** Only a new login helps. */
export function ended({ address }: Service): AppError {
  return new AppError("login_ended", `The login to ${address.text} has ended`, {
    hints: [`run: standcloud sc-login ${address.text}`],
  });
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

/** @param name what the user calls the key. */
export function refusedKey({ address }: Service, name: string): AppError {
  return new AppError("login_refused", `${address.text} refuses ${name}`, {
    hints: ["make a new API key in StandCloud's settings"],
  });
}
