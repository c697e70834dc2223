import { sha256 } from "./sha256.ts";

/** The hash in a chunk's name also depends on the folders that its sources lie in. */
const CHUNK = /\b([\w.-]+)-[A-Z0-9]{8}\.js\b/g;

/** Enough to tell chunks apart that differ only in whom their chunks import. */
const ROUNDS = 3;

/**
 * The same chunks under names that depend on nothing but their content, so that
 * a build in another folder gives the same bytes.
 */
export async function stableNames(
  chunks: ReadonlyMap<string, string>,
): Promise<Map<string, string>> {
  let names = new Map([...chunks.keys()].map((name) => [name, wordOf(name)]));
  for (let round = 0; round < ROUNDS; round++) {
    const next = new Map<string, string>();
    for (const [name, code] of chunks) {
      const hash = await sha256(
        new TextEncoder().encode(renamed(code, names)),
      );
      const isEntry = wordOf(name) === name;
      const word = wordOf(name).replace(/\.js$/, "");
      next.set(name, isEntry ? name : `${word}-${hash.slice(0, 8)}.js`);
    }
    names = next;
  }
  const result = new Map(
    [...chunks].map(([name, code]) => [
      names.get(name) ?? name,
      renamed(code, names),
    ]),
  );
  if (result.size !== chunks.size) {
    throw new Error("two chunks of the bundle cannot be told apart");
  }
  return result;
}

function wordOf(name: string): string {
  return name.replace(CHUNK, "$1.js");
}

function renamed(code: string, names: ReadonlyMap<string, string>): string {
  return code.replace(CHUNK, (name) => names.get(name) ?? name);
}
