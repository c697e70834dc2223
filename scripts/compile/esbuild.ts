import { join } from "node:path";
import { deno } from "./deno.ts";
import { requireSha256 } from "./sha256.ts";
import { parseTarget, type Target } from "./targets.ts";

/**
 * `deno bundle` takes this esbuild from npm, outside deno.lock: only the
 * registry vouches for it, so its SHA-256 is pinned here.
 */
export const ESBUILD_VERSION = "0.25.5";
const SHA256: Record<Target, string> = {
  "x86_64-unknown-linux-gnu":
    "3331e0b23c99d93d9a39e436a4838de40ca1c95ac3bcbd9874ba169d8545b634",
  "aarch64-unknown-linux-gnu":
    "d6d656d9326ce1c55c01f73604a3cffda35c63cce60016e9ed795ac91cd1e67d",
  "x86_64-pc-windows-msvc":
    "889543031385fb79a28b09a5611a3a03f913beb5a608c7de29390c13f1030994",
  "x86_64-apple-darwin":
    "e7b2a105f88836f1e080a76180e5cd8e59d1c22f6575d63f5a77a104954c427e",
  "aarch64-apple-darwin":
    "58d144357454bca840167171380785b133b1e5e682d0c51afa8c80158bfd3f8a",
};

/** Where Deno keeps what it downloads. */
export async function denoDir(): Promise<string> {
  const info = await deno(["info", "--json"], { cwd: Deno.cwd() });
  return JSON.parse(info.stdout).denoDir;
}

/** Throws where the esbuild that `deno bundle` keeps is another one; none yet is fine. */
export async function requirePinnedEsbuild(): Promise<void> {
  const folder = join(await denoDir(), "dl", `esbuild-${ESBUILD_VERSION}`);
  for await (const entry of entries(folder)) {
    if (!entry.isFile) continue;
    const path = join(folder, entry.name);
    await requireSha256(await Deno.readFile(path), {
      expected: SHA256[parseTarget()],
      what: path,
    });
  }
}

async function* entries(folder: string): AsyncGenerator<Deno.DirEntry> {
  try {
    yield* Deno.readDir(folder);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
