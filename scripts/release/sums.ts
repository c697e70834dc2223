import { join } from "node:path";
import { sha256 } from "../compile/sha256.ts";

export const SUMS = "SHA256SUMS";

/** Writes what `sha256sum --check SHA256SUMS` reads. */
export async function writeSums(
  folder: string,
  names: readonly string[],
): Promise<void> {
  const lines = [];
  for (const name of [...names].sort()) {
    const sum = await sha256(await Deno.readFile(join(folder, name)));
    lines.push(`${sum}  ${name}\n`);
  }
  await Deno.writeTextFile(join(folder, SUMS), lines.join(""));
}

/** The sums that a folder claims, by file name. */
export async function readSums(folder: string): Promise<Map<string, string>> {
  const text = await Deno.readTextFile(join(folder, SUMS));
  return new Map(
    [...text.matchAll(/^([0-9a-f]{64}) {2}(.+)$/gm)]
      .map(([, sum = "", name = ""]) => [name, sum]),
  );
}

/** Files whose content is not what the sums say; a missing file is one of them. */
export async function wrongFiles(folder: string): Promise<string[]> {
  const wrong = [];
  for (const [name, sum] of await readSums(folder)) {
    const bytes = await Deno.readFile(join(folder, name)).catch(() => null);
    if (bytes === null || await sha256(bytes) !== sum) wrong.push(name);
  }
  return wrong;
}

/** Whom the factory trusts: it lies where the signatures are checked. */
const ALLOWED_SIGNERS = "allowed_signers";

/** Files below a folder that its sums do not name: nobody released them. */
export async function unlistedFiles(folder: string): Promise<string[]> {
  const sums = await readSums(folder);
  const isReleased = (name: string) =>
    name === SUMS || name === ALLOWED_SIGNERS || sums.has(name);
  const unlisted = [];
  for await (const name of namesBelow(folder)) {
    // A signature or a statement belongs to the file beside it.
    const file = name.replace(/\.sig$/, "").replace(/\.intoto\.json$/, "");
    if (!isReleased(file)) unlisted.push(name);
  }
  return unlisted.sort();
}

async function* namesBelow(
  folder: string,
  prefix = "",
): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (!isDirectory) yield prefix + name;
    else yield* namesBelow(join(folder, name), `${prefix}${name}/`);
  }
}
