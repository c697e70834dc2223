import { basename, dirname, join, resolve } from "node:path";
import { buildFacts } from "./build_facts.ts";
import { type Bundle, bundle } from "./bundle.ts";
import { deno, requirePinnedDeno } from "./deno.ts";
import { payloadLines, payloadOf } from "./payload.ts";
import { repairPe } from "./pe.ts";
import { permissionFlags } from "./permissions.ts";
import { selectRuntime } from "./runtime.ts";
import type { Log } from "./say.ts";
import { sha256 } from "./sha256.ts";
import { isWindows, parseTarget, type Target } from "./targets.ts";

export interface CompileInput {
  readonly entry: string;
  readonly output: string;
  readonly target?: Target | undefined;
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
  const { entry, target, output, log } = input;
  return await withBundle(entry, {
    use: async (made) => {
      payloadLines(await payloadOf(made)).forEach(log);
      return await compileBundle(made, { target, output, log });
    },
  });
}

/** Bundles `entry` once, for any number of targets; the bundle lasts as long as `use`. */
export async function withBundle<T>(
  entry: string,
  { commit, use }: { commit?: string; use: (made: Bundle) => Promise<T> },
): Promise<T> {
  requirePinnedDeno();
  const folder = await Deno.makeTempDir({ prefix: "standcloud-bundle-" });
  try {
    const facts = await buildFacts(commit);
    return await use(await bundle(resolve(entry), { folder, facts }));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

export async function compileBundle(
  { entry }: Pick<Bundle, "entry">,
  { target = parseTarget(), output: given, log }: Omit<CompileInput, "entry">,
): Promise<CompileResult> {
  const output = resolve(given);
  const runtime = await selectRuntime(target, { log });
  await Deno.mkdir(dirname(output), { recursive: true });
  await compileChunk(entry, { target, output, runtime: runtime.path });
  const program = await Deno.readFile(output);
  const result = {
    output,
    bytes: program.length,
    sha256: await sha256(program),
    runtime: runtime.description,
  };
  report(result, log);
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
    // Left to itself the engine lets garbage become several times what lives:
    // memory would go on growing for the first ten thousand reports.
    "--v8-flags=--heap-growing-percent=100",
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
  if (isWindows(target)) {
    await Deno.writeFile(staged, repairPe(await Deno.readFile(staged)));
  }
  await Deno.rename(staged, output);
}

function report(result: CompileResult, log: Log): void {
  log(`runtime  ${result.runtime}`);
  log(`output   ${result.output}`);
  log(`size     ${result.bytes.toLocaleString("en")} bytes`);
  log(`SHA-256  ${result.sha256}`);
}
