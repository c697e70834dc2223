import { AppError } from "../system/app_error.ts";
import { diskFault } from "../system/disk_fault.ts";

/** Any error as one that a user can be told. */
export function toldError(error: unknown): AppError {
  return error instanceof AppError
    ? error
    : diskFault(error) ?? unexpected(error);
}

/** A fault of the program, named by its kind and place: its message could hold a secret. */
function unexpected(error: unknown): AppError {
  const kind = error instanceof Error ? error.name : typeof error;
  const place = placeOf(error);
  const where = place === undefined ? "" : ` in ${place}`;
  return new AppError("internal", `Unexpected: ${kind}${where}`, {
    hints: ["this is a fault of standcloud: please report it"],
  });
}

/** The name of the function that threw, where it has one. */
function placeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  return /^ +at (?:async )?([\w.#$]+) \(/m.exec(error.stack ?? "")?.[1];
}

/** The last that the program says, where nothing else is left to say it; returns the exit code. */
export function lastWords(
  error: unknown,
  { args, write }: {
    args: readonly string[];
    write(stream: "stdout" | "stderr", text: string): void;
  },
): number {
  const { code, message, hints, exitCode } = toldError(error);
  const end = args.indexOf("--");
  const flags = end === -1 ? args : args.slice(0, end);
  if (flags.includes("--json")) {
    const hint = hints.join("; ") || null;
    const event = { event: "error", code, message, hint };
    write("stdout", `${JSON.stringify({ ...event, "exit_code": exitCode })}\n`);
  } else {
    const lines = [
      `error: ${message}`,
      ...hints.map((hint) => `hint: ${hint}`),
    ];
    write("stderr", lines.map((line) => `${line}\n`).join(""));
  }
  return exitCode;
}
