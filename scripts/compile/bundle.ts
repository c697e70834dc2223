import { basename, extname, join } from "node:path";
import { type BuildFacts, fillIn } from "./build_facts.ts";
import { stableNames } from "./chunk_names.ts";
import { deno } from "./deno.ts";
import { requirePinnedEsbuild } from "./esbuild.ts";
import { fromRoot } from "./paths.ts";
import { addShares, type Shares } from "./source_map.ts";

/** A CommonJS package in the bundle: it compiles, and fails when the chunk is loaded. */
const BROKEN = /Dynamic require of/;

/** The compiled file records when a chunk was written; a fixed time keeps builds identical. */
const FIXED_TIME = 0;

/** The program as one folder of JavaScript: all that is embedded in the compiled file. */
export interface Bundle {
  /** Path of the chunk that is run. */
  readonly entry: string;
  /** The code of each chunk, by name. */
  readonly chunks: ReadonlyMap<string, string>;
  /** Of all chunks together. */
  readonly shares: Shares;
}

/**
 * Writes `entry` and everything it imports into `folder`, a chunk for each
 * lazily imported part. Equal sources give equal bytes, wherever they lie.
 */
export async function bundle(
  entry: string,
  { folder, facts }: { folder: string; facts: BuildFacts },
): Promise<Bundle> {
  await requirePinnedEsbuild();
  const flags = ["--quiet", "--frozen", "--minify", "--code-splitting"];
  const result = await deno(
    ["bundle", ...flags, "--sourcemap=external", "--outdir", folder, entry],
    { cwd: fromRoot("./") },
  );
  if (!result.success) {
    throw new Error(`deno bundle failed\n${result.stderr.trim()}`);
  }
  await requirePinnedEsbuild();
  const { codes, shares } = await takeChunks(folder);
  const filled = [...codes].map(([name, code]) =>
    [name, fillIn(code, facts)] as const
  );
  const chunks = await stableNames(new Map(filled));
  for (const [name, code] of chunks) {
    const path = join(folder, name);
    await Deno.writeTextFile(path, code);
    await Deno.utime(path, FIXED_TIME, FIXED_TIME);
  }
  const main = `${basename(entry, extname(entry))}.js`;
  return { entry: join(folder, main), chunks, shares };
}

/** Empties the folder: neither the maps nor the names of the chunks stay. */
async function takeChunks(
  folder: string,
): Promise<{ codes: Map<string, string>; shares: Shares }> {
  const codes = new Map<string, string>();
  const shares: Shares = new Map();
  const names = [];
  for await (const { name } of Deno.readDir(folder)) names.push(name);
  for (const name of names.filter((one) => one.endsWith(".js")).sort()) {
    const code = await Deno.readTextFile(join(folder, name));
    requireSound(code, name);
    codes.set(name, code);
    const map = await Deno.readTextFile(join(folder, `${name}.map`));
    addShares(shares, { code, map });
  }
  for (const name of names) await Deno.remove(join(folder, name));
  return { codes, shares };
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
