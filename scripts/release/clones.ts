import { join } from "node:path";
import { denoDir } from "../compile/esbuild.ts";
import { fromRoot } from "../compile/paths.ts";
import type { Log } from "../compile/say.ts";

/** Clones of this repository's commit; removed when disposed. */
export interface Clones extends AsyncDisposable {
  readonly folders: readonly string[];
}

/** Neither as long nor as deep as each other: a path that gets in shows. */
const PLACES = ["a", "somewhere else/much deeper/standcloud"];

export async function clones(): Promise<Clones> {
  const root = await Deno.makeTempDir({ prefix: "standcloud-clones-" });
  const folders = PLACES.map((place) => join(root, place));
  for (const folder of folders) {
    await run("git", ["clone", "--quiet", fromRoot("./"), folder]);
    await lend(fromRoot(".toolchain"), join(folder, ".toolchain"));
    await lend(await denoDir(), join(folder, "..", "cache"));
  }
  return {
    folders,
    [Symbol.asyncDispose]: () => Deno.remove(root, { recursive: true }),
  };
}

/** What was downloaded is pinned by its sums, wherever it lies; but it lies elsewhere. */
async function lend(folder: string, place: string): Promise<void> {
  const info = await Deno.stat(folder).catch(() => null);
  if (info !== null) await Deno.symlink(folder, place);
}

/**
 * Runs `deno task release` as a person would, with the package cache at another
 * path, and gives the folder of the release.
 */
export async function buildFromClone(
  clone: string,
  { log, args = [] }: { log: Log; args?: readonly string[] },
): Promise<string> {
  const output = join(clone, "dist");
  const cache = join(clone, "..", "cache");
  log(`building in ${clone}`);
  await run("sh", ["scripts/deno", "task", "release", ...args], {
    cwd: clone,
    env: { DENO_DIR: cache },
  });
  return output;
}

async function run(
  program: string,
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): Promise<void> {
  const { success, stdout, stderr } = await new Deno.Command(program, {
    args: [...args],
    stdin: "null",
    ...options,
  }).output();
  if (success) return;
  const decoder = new TextDecoder();
  throw new Error(
    `${program} ${args.join(" ")} failed\n${
      decoder.decode(stdout) + decoder.decode(stderr)
    }`,
  );
}
