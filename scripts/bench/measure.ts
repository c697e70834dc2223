import type { Pair } from "./statistics.ts";

export interface Program {
  readonly path: string;
  readonly args?: readonly string[];
  readonly env?: Record<string, string>;
}

/** One measurement, in milliseconds. */
export type Measure = () => Promise<number>;

const WARM_UP_PAIRS = 2;

/** Starts a program with this environment and no other, its output thrown away. */
export function start(
  { path, args = [], env = {} }: Program,
): Deno.ChildProcess {
  return new Deno.Command(path, {
    args: [...args],
    clearEnv: true,
    env: { PATH: "/usr/bin:/bin", ...env },
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
}

/** From before the start to after the end of a whole process. */
export async function wholeRun(program: Program): Promise<number> {
  const begin = performance.now();
  const { code } = await start(program).status;
  const elapsed = performance.now() - begin;
  if (code !== 0) {
    throw new Error(
      `${program.path} ${program.args?.join(" ") ?? ""} exited with ${code}`,
    );
  }
  return elapsed;
}

/** A B A B …: what slows the machine down for a while meets both sides alike. */
export async function inPairs(
  count: number,
  { baseline, subject }: { baseline: Measure; subject: Measure },
): Promise<readonly Pair[]> {
  const pairs: Pair[] = [];
  for (let index = -WARM_UP_PAIRS; index < count; index++) {
    const pair = { baseline: await baseline(), subject: await subject() };
    if (index >= 0) pairs.push(pair);
  }
  return pairs;
}
