/** How a run of the program ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** It did not end by itself in time. */
  readonly hangs: boolean;
}

export interface StartOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Sees all that was printed so far, each time that more comes. */
  readonly watch?: (text: string) => void;
}

/** Longer than the minute for which a command waits for another program's lock. */
const LONGEST_MILLISECONDS = 100_000;

/**
 * Runs a command to its end, or kills it and all that it has started: strace
 * that is killed alone lets its program go on.
 */
export async function runProgram(
  command: readonly [string, ...string[]],
  { env, cwd, watch }: StartOptions,
): Promise<Ended> {
  const seconds = String(LONGEST_MILLISECONDS / 1000);
  const started = performance.now();
  const child = new Deno.Command("timeout", {
    args: ["--signal=KILL", seconds, ...command],
    env: { ...env },
    clearEnv: true,
    cwd,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const output = { stdout: "", stderr: "" };
  const read = async (stream: "stdout" | "stderr") => {
    const texts = child[stream].pipeThrough(new TextDecoderStream());
    for await (const text of texts) {
      output[stream] += text;
      watch?.(output.stdout + output.stderr);
    }
  };
  const [{ code }] = await Promise.all([
    child.status,
    read("stdout"),
    read("stderr"),
  ]);
  const hangs = performance.now() - started >= LONGEST_MILLISECONDS;
  return { code, ...output, hangs };
}
