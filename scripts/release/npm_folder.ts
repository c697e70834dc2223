import { join } from "node:path";
import { deno } from "../compile/deno.ts";

/** What a package says about itself, and its folder in Deno's cache. */
export interface PackageFiles {
  readonly folder: string;
  readonly license: string;
  readonly homepage: string | undefined;
}

/** Finds packages where `deno bundle` has read them; throws for one that is not there. */
export async function npmFolders(): Promise<
  (name: string, version: string) => Promise<PackageFiles>
> {
  const info = await deno(["info", "--json"], { cwd: Deno.cwd() });
  const cache: string = JSON.parse(info.stdout).npmCache;
  return async (name, version) => {
    // One folder for each registry or mirror that was ever used.
    for await (const { name: registry } of Deno.readDir(cache)) {
      const folder = join(cache, registry, name, version);
      const manifest = await Deno.readTextFile(join(folder, "package.json"))
        .catch(() => null);
      if (manifest === null) continue;
      const { license, homepage } = JSON.parse(manifest);
      return { folder, license, homepage };
    }
    throw new Error(`Deno's cache does not hold ${name}@${version}`);
  };
}
