import { pointerTo, scanLevels } from "./levels.ts";
import type { Slice } from "./slices.ts";

/** A key that stands twice in one object: `JSON.parse` keeps the last, silently. */
export interface DuplicateKey {
  readonly path: string;
  /** Of the second one. */
  readonly offset: number;
}

/**
 * Whether no object of a document has a key twice: compares how many keys were
 * written with how many are left. True is certain, false is not.
 *
 * @param keyCount how many keys are left when the document is parsed.
 */
export function hasUniqueKeys(
  text: string,
  { start, end }: Slice,
  keyCount: number,
): boolean {
  let written = 0;
  for (
    let at = text.indexOf(":", start);
    at !== -1 && at < end;
    at = text.indexOf(":", at + 1)
  ) {
    const before = text.charCodeAt(at - 1);
    if (before === QUOTE) written++;
    else if (before <= SPACE && isKeyEnd(text, at)) written++;
  }
  return written === keyCount;
}

const QUOTE = 0x22;
const SPACE = 0x20;

/** A colon behind space ends a key when there is a quote before the space. */
function isKeyEnd(text: string, colon: number): boolean {
  let at = colon - 1;
  while (" \t\r\n".includes(text.charAt(at))) at--;
  return text.charCodeAt(at) === QUOTE;
}

/** More of them say nothing new. */
const MOST_FOUND = 200;

/** The duplicate keys of a document, and how many more there are. */
export function duplicateKeys(
  text: string,
  root: Slice,
): { found: DuplicateKey[]; more: number } {
  const found: DuplicateKey[] = [];
  let more = 0;
  scanLevels(text, root, {
    onKey(levels, offset) {
      const level = levels.at(-1);
      if (!level?.keys?.has(String(level.at))) return;
      if (found.length === MOST_FOUND) more++;
      else found.push({ path: pointerTo(levels), offset });
    },
  });
  return { found, more };
}
