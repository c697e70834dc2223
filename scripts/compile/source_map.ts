import { decode } from "@jridgewell/sourcemap-codec";

/** How many characters of a bundle came from which source file. */
export type Shares = Map<string, number>;

/** Adds what the source map says about `code` to `shares`. */
export function addShares(
  shares: Shares,
  { code, map }: { code: string; map: string },
): void {
  const { mappings, sources } = JSON.parse(map) as {
    mappings: string;
    sources: string[];
  };
  const lines = code.split("\n");
  for (const [line, segments] of decode(mappings).entries()) {
    for (const [at, [column, source]] of segments.entries()) {
      const end = segments[at + 1]?.[0] ?? lines[line]?.length ?? column;
      const path = source === undefined ? undefined : sources[source];
      if (path === undefined) continue;
      shares.set(path, (shares.get(path) ?? 0) + end - column);
    }
  }
}
