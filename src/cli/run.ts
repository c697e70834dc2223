import type { System } from "../system/system.ts";
import { VERSION } from "./version.ts";

/** Commands that always end up on the network: it is made ready while their code loads. */
const NETWORK_COMMANDS = [
  "sc-login",
  "login",
  "sc-logout",
  "logout",
  "upload",
];

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
  if (NETWORK_COMMANDS.includes(args[0] ?? "")) system.prepareTls();
  const { dispatch } = await import("./dispatch.ts");
  return await dispatch(args, system);
}
