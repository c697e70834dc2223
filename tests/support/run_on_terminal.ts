import { compiledBinary } from "../../scripts/compile/compiled_binary.ts";
import { Output, type RunningProgram } from "./running_program.ts";

/** The compiled program on a terminal of its own; what it prints is all in `stdout`. */
export interface TerminalRun extends RunningProgram {
  /** As keys that are pressed. */
  type(keys: string): Promise<void>;
}

/** Else it would have no columns at all. */
const SIZE = "stty cols 200 rows 50";

/** Longer than any run of a test; a program that hangs fails the test. */
const PATIENCE_MILLISECONDS = 30_000;

/** Starts the compiled program. */
export async function startOnTerminal(
  args: readonly string[],
  options: { home: string; env?: Readonly<Record<string, string>> },
): Promise<TerminalRun> {
  const words = [await compiledBinary(), ...args];
  return startCommandOnTerminal(words.map((word) => `'${word}'`).join(" "), {
    env: { STANDCLOUD_HOME: options.home, ...options.env },
  });
}

/** Starts a shell command through util-linux's `script`, which makes the terminal. */
export function startCommandOnTerminal(
  command: string,
  options: { env: Readonly<Record<string, string>>; cwd?: string },
): TerminalRun {
  const child = new Deno.Command("script", {
    args: [
      "--quiet",
      "--return",
      "--command",
      `${SIZE}; ${command}`,
      "/dev/null",
    ],
    env: {
      SHELL: "/bin/sh",
      PATH: "/usr/bin:/bin",
      ...options.env,
    },
    clearEnv: true,
    ...(options.cwd !== undefined && { cwd: options.cwd }),
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const output = new Output();
  const writer = child.stdin.getWriter();
  const read = async () => {
    for await (
      const text of child.stdout.pipeThrough(new TextDecoderStream())
    ) output.add("stdout", text.replaceAll("\r\n", "\n"));
  };
  const end = async () => {
    const timer = setTimeout(
      () => child.kill("SIGKILL"),
      PATIENCE_MILLISECONDS,
    );
    const [{ code }] = await Promise.all([child.status, read()]);
    clearTimeout(timer);
    output.end();
    await writer.close().catch(() => {});
    return { code, stdout: output.stdout, stderr: "" };
  };
  return {
    result: end(),
    output,
    type: (keys) => writer.write(new TextEncoder().encode(keys)),
  };
}
