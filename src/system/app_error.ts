/**
 * Exit code of every error the program can end with. The codes are the stable
 * words of the `error` event; the numbers are the table in the README.
 */
export const exitCodes = {
  internal: 1,
  usage: 2,
  "config_invalid": 2,
  "input_unreadable": 2,
  "key_unreadable": 2,
  "store_unsafe": 2,
  "store_unwritable": 2,
  "output_unwritable": 2,
  "flow_unavailable": 2,
  "port_taken": 2,
  "not_logged_in": 3,
  "login_unreadable": 3,
  "login_ended": 3,
  "login_refused": 3,
  "login_timed_out": 3,
  "login_in_progress": 3,
  "login_not_saved": 3,
  "not_allowed": 3,
  unreachable: 4,
  "clock_wrong": 4,
  "certificate_refused": 4,
  "not_standcloud": 4,
  "document_invalid": 5,
  "bundle_damaged": 5,
  interrupted: 130,
  terminated: 143,
} as const;

export type ErrorCode = keyof typeof exitCodes;

/**
 * An error a user can act on: what happened in one sentence, and in `hints`
 * the exact command, flag or file that helps. Never holds a secret.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly hints: readonly string[];
  /** Status of the answer that led to it, if there was one. */
  readonly httpStatus: number | undefined;
  /** A long text of the service about it, for `--verbose` only. */
  readonly detail: string | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: {
      hints?: readonly string[];
      cause?: unknown;
      httpStatus?: number;
      detail?: string | undefined;
    } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.hints = options.hints ?? [];
    this.httpStatus = options.httpStatus;
    this.detail = options.detail;
  }

  get exitCode(): number {
    return exitCodes[this.code];
  }
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
