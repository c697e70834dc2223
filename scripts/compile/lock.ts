import { fromRoot } from "./paths.ts";

/** An npm package as deno.lock knows it. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  /** Subresource integrity of the archive: `sha512-` and base64. */
  readonly integrity: string;
  /** Names of packages, here and there with `@VERSION`. */
  readonly dependencies: readonly string[];
}

/** All packages of deno.lock by `NAME@VERSION`. */
export async function lockedPackages(): Promise<Map<string, LockedPackage>> {
  const lock = JSON.parse(await Deno.readTextFile(fromRoot("deno.lock")));
  const entries = Object.entries(lock.npm) as [
    string,
    Partial<LockedPackage>,
  ][];
  return new Map(entries.map(([key, { integrity = "", dependencies = [] }]) => {
    // Behind an underscore: the versions of peers it was resolved with.
    const id = key.replace(/(?<=@[^@_]*)_.*$/, "");
    const at = id.lastIndexOf("@");
    const [name, version] = [id.slice(0, at), id.slice(at + 1)];
    return [id, { name, version, integrity, dependencies }];
  }));
}
