import { scanLevels } from "./levels.ts";
import type { Slice } from "./slices.ts";
import { pointer } from "./pointer.ts";

/** A key that stands twice in one object: `JSON.parse` keeps the last, silently. */
export interface DuplicateKey {
  readonly path: string;
  /** Of the second one. */
  readonly offset: number;
}

/**
 * The duplicate keys of a document.
 *
 * @param value the same document, parsed.
 */
export function duplicateKeys(
  text: string,
  root: Slice,
  value: unknown,
): DuplicateKey[] {
  return mayHaveDuplicates(text.slice(root.start, root.end), value)
    ? findDuplicates(text, root)
    : [];
}

/** Compares how many keys were written with how many are left after parsing. */
function mayHaveDuplicates(text: string, value: unknown): boolean {
  if (/"\s+:/.test(text)) return true;
  let written = 0;
  for (
    let at = text.indexOf('":');
    at !== -1;
    at = text.indexOf('":', at + 2)
  ) {
    written++;
  }
  return written !== countKeys(value);
}

function countKeys(value: unknown): number {
  const waiting = [value];
  let count = 0;
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next !== "object" || next === null) continue;
    const inner = Object.values(next);
    if (!Array.isArray(next)) count += inner.length;
    for (const one of inner) {
      if (typeof one === "object" && one !== null) waiting.push(one);
    }
  }
  return count;
}

function findDuplicates(text: string, root: Slice): DuplicateKey[] {
  const found: DuplicateKey[] = [];
  scanLevels(text, root, (levels, offset) => {
    const level = levels.at(-1);
    if (level?.keys?.has(String(level.at))) {
      found.push({ path: pointer(...levels.map(({ at }) => at)), offset });
    }
  });
  return found;
}
