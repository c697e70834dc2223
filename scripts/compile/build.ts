import { basename, dirname, join, resolve } from "node:path";
import { bundle } from "./bundle.ts";
import { deno, requirePinnedDeno } from "./deno.ts";
import { permissionFlags } from "./permissions.ts";
import { selectRuntime } from "./runtime.ts";
import type { Log } from "./say.ts";
import { sha256 } from "./sha256.ts";
import { parseTarget, type Target } from "./targets.ts";

export interface CompileInput {
  readonly entry: string;
  readonly output: string;
  readonly target?: Target;
  readonly log: Log;
}

export interface CompileResult {
  readonly output: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly runtime: string;
}

/** Bundles `entry` and compiles the bundle into one executable file. */
export async function compile(input: CompileInput): Promise<CompileResult> {
  requirePinnedDeno();
  const target = input.target ?? parseTarget();
  const entry = resolve(input.entry);
  const output = resolve(input.output);
  const runtime = await selectRuntime(target, { log: input.log });
  const folder = await Deno.makeTempDir({ prefix: "standcloud-bundle-" });
  try {
    const chunk = await bundle(entry, folder);
    await Deno.mkdir(dirname(output), { recursive: true });
    await compileChunk(chunk, { target, output, runtime: runtime.path });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
  const program = await Deno.readFile(output);
  const result = {
    output,
    bytes: program.length,
    sha256: await sha256(program),
    runtime: runtime.description,
  };
  report(result, input.log);
  return result;
}

interface ChunkOptions {
  readonly target: Target;
  readonly output: string;
  readonly runtime: string;
}

/** The chunks need no `--include`: esbuild leaves literal imports, which Deno follows. */
async function compileChunk(
  chunk: string,
  { target, output, runtime }: ChunkOptions,
): Promise<void> {
  const folder = dirname(chunk);
  const flags = [
    "--quiet",
    "--no-config",
    "--no-lock",
    "--no-check",
    // The bundle is complete; whatever it still asks for is a mistake.
    "--no-npm",
    "--no-remote",
    // A cache under a predictable name in the shared temp folder could be planted.
    "--no-code-cache",
    ...permissionFlags(target),
  ];
  // A running program cannot be overwritten, but it can be replaced.
  const staged = join(dirname(output), `.${crypto.randomUUID()}.exe`);
  const result = await deno(
    ["compile", ...flags, "--target", target, "-o", staged, basename(chunk)],
    { cwd: folder, env: { DENORT_BIN: runtime } },
  );
  if (!result.success) {
    throw new Error(`deno compile failed\n${result.stderr.trim()}`);
  }
  await Deno.rename(staged, output);
}

function report(result: CompileResult, log: Log): void {
  log(`runtime  ${result.runtime}`);
  log(`output   ${result.output}`);
  log(`size     ${result.bytes.toLocaleString("en")} bytes`);
  log(`SHA-256  ${result.sha256}`);
}
