import { DENO_VERSION } from "./targets.ts";

export interface DenoRun {
  readonly cwd: string;
  readonly env?: Record<string, string>;
  readonly timeLimitMs?: number;
}

export interface DenoResult {
  readonly success: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the Deno that runs this script. A failure is a result, not an exception. */
export async function deno(
  args: readonly string[],
  { cwd, env = {}, timeLimitMs }: DenoRun,
): Promise<DenoResult> {
  const signal = timeLimitMs === undefined
    ? {}
    : { signal: AbortSignal.timeout(timeLimitMs) };
  const output = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd,
    env: { NO_COLOR: "1", RUST_BACKTRACE: "0", ...env },
    stdin: "null",
    ...signal,
  }).output();
  const decoder = new TextDecoder();
  return {
    success: output.success,
    stdout: decoder.decode(output.stdout),
    stderr: decoder.decode(output.stderr),
  };
}

/** Another version would pair its payload format with a runtime that cannot read it. */
export function requirePinnedDeno(): void {
  if (Deno.version.deno !== DENO_VERSION) {
    throw new Error(
      `this is Deno ${Deno.version.deno}, the build needs ${DENO_VERSION}: run "sh scripts/deno task compile"`,
    );
  }
}
