import { AppError, messageOf } from "../system/app_error.ts";
import type { CliContext } from "./context.ts";
import type { CommonFlags } from "./flags.ts";
import { Output } from "./output.ts";
import type { CommandInput } from "./session.ts";

/** Runs a command's use case and turns its outcome into output and an exit code. */
export async function perform<Flags extends CommonFlags>(
  context: CliContext,
  flags: Flags,
  action: (input: CommandInput<Flags>) => Promise<number>,
): Promise<void> {
  const output = new Output(context.system.terminal, {
    json: flags.json ?? false,
    quiet: flags.quiet ?? false,
    verbose: flags.verbose ?? false,
  });
  const { interrupted } = context.system;
  const system = {
    ...context.system,
    // Work whose results nobody learns ends as at Ctrl-C.
    interrupted: AbortSignal.any([interrupted, output.failed]),
  };
  let exitCode: number;
  try {
    exitCode = await action({ system, output, flags });
  } catch (error) {
    const known = error instanceof AppError ? error : unexpected(error);
    output.error(known);
    exitCode = known.exitCode;
  }
  context.exitCode = output.end(exitCode);
}

/** A fault of the program: said as such, without a stack that could hold a secret. */
function unexpected(error: unknown): AppError {
  return new AppError("internal", `Unexpected: ${messageOf(error)}`, {
    hints: ["this is a fault of standcloud: please report it"],
  });
}
