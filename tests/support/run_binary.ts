import { compiledBinary } from "../../scripts/compile/compiled_binary.ts";
import type { Starter } from "./nobody.ts";
import {
  Output,
  type ProgramResult,
  type RunningProgram,
} from "./running_program.ts";

export interface BinaryOptions {
  /** `STANDCLOUD_HOME`; the only variable that is set unless `env` names others. */
  readonly home: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly stdin?: string;
  /** Default: the compiled program, as the user that runs the test. */
  readonly starter?: Starter;
  /** A shell command to start it through; it ends with `exec "$@"`. */
  readonly shell?: string;
  /** How long it may take; default a minute. */
  readonly patienceMilliseconds?: number;
}

/** The compiled program, running. */
export interface BinaryRun extends RunningProgram {
  readonly pid: number;
  kill(signal: Deno.Signal): void;
}

/** Longer than any run of a test; a program that hangs fails the test. */
const PATIENCE_MILLISECONDS = 60_000;

/** Starts the compiled program with an environment of its own. */
export async function startBinary(
  args: readonly string[],
  options: BinaryOptions,
): Promise<BinaryRun> {
  const { binary, ...user }: Starter = options.starter ??
    { binary: await compiledBinary() };
  const [program = binary, ...before] = options.shell === undefined
    ? []
    : ["/bin/sh", "-c", options.shell, "sh", binary];
  const child = new Deno.Command(program, {
    args: [...before, ...args],
    env: { STANDCLOUD_HOME: options.home, ...options.env },
    clearEnv: true,
    ...user,
    ...(options.cwd !== undefined && { cwd: options.cwd }),
    stdin: options.stdin === undefined ? "null" : "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const output = new Output();
  return {
    result: watch(child, output, options),
    output,
    pid: child.pid,
    kill(signal) {
      try {
        child.kill(signal);
      } catch (error) {
        // It had ended by itself a moment before.
        if (!(error instanceof TypeError)) throw error;
      }
    },
  };
}

export async function runBinary(
  args: readonly string[],
  options: BinaryOptions,
): Promise<ProgramResult> {
  return await (await startBinary(args, options)).result;
}

async function watch(
  child: Deno.ChildProcess,
  output: Output,
  { stdin, patienceMilliseconds = PATIENCE_MILLISECONDS }: BinaryOptions,
): Promise<ProgramResult> {
  let isHanging = false;
  const timer = setTimeout(() => {
    isHanging = true;
    child.kill("SIGKILL");
  }, patienceMilliseconds);
  const read = async (stream: "stdout" | "stderr") => {
    const texts = child[stream].pipeThrough(new TextDecoderStream());
    for await (const text of texts) output.add(stream, text);
  };
  const [{ code }] = await Promise.all([
    child.status,
    read("stdout"),
    read("stderr"),
    stdin !== undefined && feed(child.stdin, stdin),
  ]).finally(() => clearTimeout(timer));
  output.end();
  if (isHanging) throw new Error(`It did not end:\n${output.stderr}`);
  return { code, stdout: output.stdout, stderr: output.stderr };
}

async function feed(
  stream: WritableStream<Uint8Array>,
  text: string,
): Promise<void> {
  const writer = stream.getWriter();
  await writer.write(new TextEncoder().encode(text)).catch(() => {});
  await writer.close().catch(() => {});
}
