import { buildFacts, version } from "../system/build.ts";
import type { System } from "../system/system.ts";
import { Output, PLAIN } from "./output.ts";

/** Commands that always end up on the network: it is made ready while their code loads. */
const NETWORK_COMMANDS = [
  "sc-login",
  "login",
  "sc-logout",
  "logout",
  "sc-sync",
  "upload",
  "runs",
  "doctor",
];

/** Runs the program on what was typed and gives the exit code. */
export async function run(
  args: readonly string[],
  system: System,
): Promise<number> {
  if (args[0] === "__complete") {
    const { complete } = await import("./complete.ts");
    return await complete(args.slice(1), system);
  }
  // Provisioning asks for the version again and again: not worth a parser.
  if (asksFor("--version", args) || asksFor("-V", args)) {
    const json = asksFor("--json", args);
    const output = new Output(system.terminal, { ...PLAIN, json });
    output.result(
      { event: "version", ...buildFacts() },
      [`standcloud ${version}`],
    );
    return output.end(0);
  }
  if (NETWORK_COMMANDS.includes(args[0] ?? "")) system.prepareTls();
  const { dispatch } = await import("./dispatch.ts");
  return await dispatch(args, system);
}

/** Also behind a command, but not among what follows `--`. */
function asksFor(flag: string, args: readonly string[]): boolean {
  const at = args.indexOf(flag);
  return at !== -1 && !args.slice(0, at).includes("--");
}
