/** What an error is about. Code asks for the kind; the end of the program makes an exit code of it. */
export type ErrorKind =
  | "internal"
  | "usage"
  | "disk"
  | "login"
  | "network"
  | "document"
  | "interrupted";

/** The stable words of the `error` event, and what each is about. */
const KINDS = {
  internal: "internal",
  usage: "usage",
  "config_invalid": "usage",
  "flow_unavailable": "usage",
  "port_taken": "usage",
  "input_unreadable": "disk",
  "key_unreadable": "disk",
  "store_unsafe": "disk",
  "store_unwritable": "disk",
  "output_unwritable": "disk",
  "not_logged_in": "login",
  "login_unreadable": "login",
  "login_ended": "login",
  "login_refused": "login",
  "login_timed_out": "login",
  "login_in_progress": "login",
  "login_not_saved": "login",
  "not_allowed": "login",
  unreachable: "network",
  "clock_wrong": "network",
  "certificate_refused": "network",
  /** Connected, but not in a way that both sides know; that does not heal by itself. */
  "tls_failed": "network",
  "not_standcloud": "network",
  "not_couchdb": "network",
  "document_invalid": "document",
  "bundle_damaged": "document",
  interrupted: "interrupted",
  terminated: "interrupted",
  "hung_up": "interrupted",
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof KINDS;

/** scripts/reference/exit_codes.ts says what each number means. */
const EXIT_CODES: Record<Exclude<ErrorKind, "interrupted">, number> = {
  internal: 1,
  usage: 2,
  disk: 2,
  login: 3,
  network: 4,
  document: 5,
};

/** 128 and the number of the signal, as a shell does it. */
const SIGNAL_CODES: Partial<Record<ErrorCode, number>> = {
  interrupted: 130,
  terminated: 143,
  "hung_up": 129,
};

/** Exit code of every error the program can end with. */
export const exitCodes = Object.fromEntries(
  Object.keys(KINDS).map((code) => [code, exitCodeOf(code as ErrorCode)]),
) as Readonly<Record<ErrorCode, number>>;

function exitCodeOf(code: ErrorCode): number {
  const kind: ErrorKind = KINDS[code];
  return kind === "interrupted" ? SIGNAL_CODES[code] ?? 1 : EXIT_CODES[kind];
}

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

  get kind(): ErrorKind {
    return KINDS[this.code];
  }

  get exitCode(): number {
    return exitCodes[this.code];
  }
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
