import type { CliContext } from "./context.ts";
import type { CommonFlags } from "./flags.ts";
import { toldError } from "./last_words.ts";
import { Output } from "./output.ts";
import { once } from "./once.ts";
import type { CommandInput } from "./command_input.ts";
import { usesColour } from "./screen.ts";

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
    colours: usesColour(context.system),
    stderrColours: usesColour(context.system, "stderr"),
  });
  const { interrupted } = context.system;
  const system = {
    ...context.system,
    // Work whose results nobody learns ends as at Ctrl-C.
    interrupted: AbortSignal.any([interrupted, output.failed]),
  };
  let exitCode: number;
  try {
    exitCode = await withStand({ system, output, flags }, action);
  } catch (error) {
    const known = toldError(error);
    output.error(known);
    exitCode = known.exitCode;
  }
  context.exitCode = output.end(exitCode);
}

/** Closes what the action has opened of the stand. */
async function withStand<Flags extends CommonFlags>(
  input: Omit<CommandInput<Flags>, "stand">,
  action: (input: CommandInput<Flags>) => Promise<number>,
): Promise<number> {
  const { system, output, flags } = input;
  const resources = new AsyncDisposableStack();
  const open = async () => {
    // Loaded here: a command that needs no stand starts without it.
    const { Stand } = await import("../stand/stand.ts");
    return resources.use(new Stand(system, flags, { tell: output }));
  };
  try {
    return await action({ ...input, stand: once(open) });
  } finally {
    await resources.disposeAsync();
  }
}
