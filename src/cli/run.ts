import type { System } from "../system/system.ts";
import { VERSION } from "./version.ts";

/** Runs the program on what was typed and gives the exit code. */
export async function run(
  args: readonly string[],
  system: System,
): Promise<number> {
  // Provisioning asks for the version again and again: not worth a parser.
  if (args.length === 1 && args[0] === "--version") {
    system.terminal.writeStdout(`standcloud ${VERSION}\n`);
    return 0;
  }
  const { dispatch } = await import("./dispatch.ts");
  return await dispatch(args, system);
}
