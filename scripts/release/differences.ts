import { readSums } from "./sums.ts";

/** Files that are not the same in two releases, or only in one of them. */
export async function differences(
  one: string,
  other: string,
): Promise<string[]> {
  const [a, b] = [await readSums(one), await readSums(other)];
  const names = new Set([...a.keys(), ...b.keys()]);
  return [...names].filter((name) => a.get(name) !== b.get(name));
}
