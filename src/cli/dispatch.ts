import { ExitCode, run as runApplication } from "./stricli.ts";
import { AppError } from "../system/app_error.ts";
import type { System } from "../system/system.ts";
import { application } from "./application.ts";
import type { CliContext } from "./context.ts";
import { Output } from "./output.ts";

/** Finds the command that was typed, runs it and gives the exit code. */
export async function dispatch(
  args: readonly string[],
  system: System,
): Promise<number> {
  // What the parser has to complain about is kept, to be said our way.
  let complaint = "";
  const process = {
    stdout: { write: (text: string) => system.terminal.writeStdout(text) },
    stderr: { write: (text: string) => void (complaint += text) },
    exitCode: null as number | string | null,
  };
  const context: CliContext & { process: typeof process } = { system, process };
  await runApplication(application(), args, context);
  if (context.exitCode !== undefined) return context.exitCode;
  if (process.exitCode === 0 || process.exitCode === null) {
    system.terminal.writeStdout(complaint);
    return 0;
  }
  const output = new Output(system.terminal, {
    json: args.slice(0, endOfFlags(args)).includes("--json"),
    quiet: false,
    verbose: false,
  });
  const error = parserError(complaint.trim(), process.exitCode);
  output.error(error);
  return error.exitCode;
}

function endOfFlags(args: readonly string[]): number {
  const end = args.indexOf("--");
  return end === -1 ? args.length : end;
}

/** The parser's exit codes for what the user typed; the others are its own faults. */
const USAGE_CODES = [ExitCode.UnknownCommand, ExitCode.InvalidArgument];

function parserError(message: string, code: number | string): AppError {
  return USAGE_CODES.some((usage) => usage === code)
    ? new AppError("usage", message, {
      hints: [
        "standcloud --help lists the commands, COMMAND --help the flags",
      ],
    })
    : new AppError("internal", message, {
      hints: ["this is a fault of standcloud: please report it"],
    });
}
