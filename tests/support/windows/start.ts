import { fromRoot } from "../../../scripts/compile/paths.ts";
import type { ProgramOptions } from "../run_program.ts";
import { startBinary } from "../run_binary.ts";
import type { RunningProgram } from "../running_program.ts";

/** What `Deno.stat()` tells of modes: nothing, or that everybody may do everything. */
export const MODES = ["none", "open"] as const;

/** Where the runtime finds what was installed; the program does not look at them. */
const RUNTIME_VARIABLES = ["HOME", "DENO_DIR", "DENO_TLS_CA_STORE"];

/** Starts the program of these sources, as a process of its own, on a system like Windows. */
export function startLikeWindows(
  mode: typeof MODES[number],
): (
  args: readonly string[],
  options: ProgramOptions,
) => Promise<RunningProgram> {
  const runtime = Object.fromEntries(
    RUNTIME_VARIABLES.map((name) => [name, Deno.env.get(name) ?? ""])
      .filter(([, value]) => value !== ""),
  );
  return (args, { home, env, stdin }) =>
    startBinary(
      [
        ...["run", "--allow-all", "--quiet", "--no-check"],
        ...["--preload", fromRoot("tests/support/windows/like_windows.ts")],
        fromRoot("main.ts"),
        ...args,
      ],
      {
        home,
        env: { ...runtime, ...env, LIKE_WINDOWS_MODE: mode },
        starter: { binary: Deno.execPath() },
        ...(stdin !== undefined && { stdin }),
      },
    );
}
