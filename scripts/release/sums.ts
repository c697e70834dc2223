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
