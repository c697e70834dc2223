import { join } from "node:path";
import { deno } from "./deno.ts";
import { PACKAGE_VERSION, type RuntimeSource } from "./targets.ts";

/**
 * Fetches the executable of an npm package through Deno's own npm client: it
 * honours .npmrc and mirrors as every other dependency does, and needs no npm.
 */
export async function fetchFromNpm(
  source: RuntimeSource,
): Promise<Uint8Array<ArrayBuffer>> {
  // Outside the repository: its deno.json would take the folder for its own.
  const folder = await Deno.makeTempDir({ prefix: "denort-" });
  try {
    const manifest = { dependencies: { [source.package]: PACKAGE_VERSION } };
    await Deno.writeTextFile(
      join(folder, "package.json"),
      JSON.stringify(manifest),
    );
    const result = await deno(
      ["install", "--quiet", "--no-lock", "--node-modules-dir=auto"],
      { cwd: folder, env: { DENO_DIR: join(folder, "cache") } },
    );
    if (!result.success) {
      throw new Error(
        `cannot fetch ${source.package}@${PACKAGE_VERSION} from npm\n${result.stderr.trim()}`,
      );
    }
    return await Deno.readFile(
      join(folder, "node_modules", source.package, source.executable),
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
