import { join } from "node:path";
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
    await lendToolchain(folder);
  }
  return {
    folders,
    [Symbol.asyncDispose]: () => Deno.remove(root, { recursive: true }),
  };
}

/** The downloaded Deno and runtimes are pinned by their sums, wherever they lie. */
async function lendToolchain(clone: string): Promise<void> {
  const toolchain = fromRoot(".toolchain");
  const info = await Deno.stat(toolchain).catch(() => null);
  if (info === null) return;
  await Deno.symlink(toolchain, join(clone, ".toolchain"));
}

/**
 * Runs `deno task release` as a person would, with a package cache of its own,
 * and gives the folder of the release.
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
