import { basename, extname, join } from "node:path";
import { deno } from "./deno.ts";
import { requirePinnedEsbuild } from "./esbuild.ts";
import { fromRoot } from "./paths.ts";

/** A CommonJS package in the bundle: it compiles, and fails when the chunk is loaded. */
const BROKEN = /Dynamic require of/;

/** The compiled file records when a chunk was written; a fixed time keeps builds identical. */
const FIXED_TIME = 0;

/**
 * Writes `entry` and everything it imports into `folder`, a chunk for each
 * lazily imported part, and returns the path of the entry chunk.
 */
export async function bundle(entry: string, folder: string): Promise<string> {
  await requirePinnedEsbuild();
  const flags = ["--quiet", "--frozen", "--minify", "--code-splitting"];
  const result = await deno(
    ["bundle", ...flags, "--outdir", folder, entry],
    { cwd: fromRoot("./") },
  );
  if (!result.success) {
    throw new Error(`deno bundle failed\n${result.stderr.trim()}`);
  }
  await requirePinnedEsbuild();
  for await (const chunk of Deno.readDir(folder)) {
    await finishChunk(join(folder, chunk.name));
  }
  return join(folder, `${basename(entry, extname(entry))}.js`);
}

async function finishChunk(path: string): Promise<void> {
  requireSound(await Deno.readTextFile(path), basename(path));
  await Deno.utime(path, FIXED_TIME, FIXED_TIME);
}

/** Throws for a chunk that would only fail at the user's. */
export function requireSound(code: string, name: string): void {
  const broken = BROKEN.exec(code);
  if (broken === null) return;
  const around = code.slice(Math.max(0, broken.index - 60), broken.index + 120);
  throw new Error(
    `the bundle is broken: ${name} contains a CommonJS package ("${
      broken[0]
    }")\n  near: ${around}\n  use an ES module instead of that package`,
  );
}
