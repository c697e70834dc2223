import { AppError } from "../system/app_error.ts";

/** Nobody has signed in within `--timeout`. */
export function loginTimedOut(
  seconds: number,
  hints: readonly string[] = [],
): AppError {
  return new AppError(
    "login_timed_out",
    `Nobody signed in within ${seconds} s`,
    {
      hints: [
        "run sc-login again, or give more time with --timeout 10m",
        ...hints,
      ],
    },
  );
}
