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

/** Runs a command to its end, or kills it and all that it has started. */
export async function runProgram(
  command: readonly [string, ...string[]],
  { env, cwd, watch }: StartOptions,
): Promise<Ended> {
  const [program, ...args] = command;
  const child = new Deno.Command(program, {
    args,
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
  let hangs = false;
  const timer = setTimeout(() => {
    hangs = true;
    killWithChildren(child.pid);
  }, LONGEST_MILLISECONDS);
  const [{ code }] = await Promise.all([
    child.status,
    read("stdout"),
    read("stderr"),
  ]).finally(() => clearTimeout(timer));
  return { code, ...output, hangs };
}

/** strace that is killed lets its program go on. */
function killWithChildren(pid: number): void {
  for (const child of [...childrenOf(pid), pid]) {
    try {
      Deno.kill(child, "SIGKILL");
    } catch (error) {
      // It has ended meanwhile.
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
}

function childrenOf(pid: number): number[] {
  const path = `/proc/${pid}/task/${pid}/children`;
  return Deno.readTextFileSync(path).split(" ").map(Number).filter(Boolean);
}
