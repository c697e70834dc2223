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

/** Starts the compiled program through util-linux's `script`, which makes the terminal. */
export async function startOnTerminal(
  args: readonly string[],
  options: { home: string; env?: Readonly<Record<string, string>> },
): Promise<TerminalRun> {
  const command = [await compiledBinary(), ...args]
    .map((word) => `'${word}'`).join(" ");
  const child = new Deno.Command("script", {
    args: [
      "--quiet",
      "--return",
      "--command",
      `${SIZE}; ${command}`,
      "/dev/null",
    ],
    env: {
      STANDCLOUD_HOME: options.home,
      SHELL: "/bin/sh",
      PATH: "/usr/bin:/bin",
      ...options.env,
    },
    clearEnv: true,
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
