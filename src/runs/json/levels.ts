import { type Key, pointerOf } from "./pointer.ts";
import { endOfString, type Slice } from "./slices.ts";

/** One object or array that is open at some place of a text. */
export interface Level {
  /** Of an object; an array has none. */
  readonly keys: Set<string> | undefined;
  /** The key or index of the value that is being read. */
  at: Key;
}

const TOKEN = /["{}[\],]/g;
const COLON = /[ \t\r\n]*:/y;

type Visit = (levels: readonly Level[], offset: number) => void;

/**
 * Reads a text in one pass, whatever its nesting, and gives what is open at
 * the end of `range`. The text may stop being JSON behind that.
 *
 * @param onKey called for each key, before it is added to its level's `keys`.
 * @param onToken called for each bracket, comma and string, before it counts.
 */
export function scanLevels(
  text: string,
  range: Slice,
  { onKey = () => {}, onToken = () => {} }: {
    readonly onKey?: Visit;
    readonly onToken?: Visit;
  },
): Level[] {
  const levels: Level[] = [];
  let offset = range.start;
  while (offset < range.end) {
    TOKEN.lastIndex = offset;
    const match = TOKEN.exec(text);
    if (match === null || match.index >= range.end) break;
    const { index, 0: token } = match;
    offset = index + 1;
    onToken(levels, index);
    const level = levels.at(-1);
    if (token === '"') {
      offset = endOfString(text, index);
      if (level?.keys === undefined || !isKey(text, offset)) continue;
      level.at = keyOf(text.slice(index, offset));
      onKey(levels, index);
      level.keys.add(String(level.at));
    } else if (token === "{") levels.push({ keys: new Set(), at: "" });
    else if (token === "[") levels.push({ keys: undefined, at: 0 });
    else if (token === ",") {
      if (typeof level?.at === "number") level.at++;
    } else levels.pop();
  }
  return levels;
}

/** The JSON Pointer of the value that stands at `offset`. */
export function pointerAt(text: string, offset: number): string {
  return pointerTo(scanLevels(text, { start: 0, end: offset }, {}));
}

/**
 * The JSON Pointers of the numbers that stand at some offsets of a document.
 *
 * @param offsets in ascending order.
 */
export function pointersAt(
  text: string,
  root: Slice,
  offsets: readonly number[],
): string[] {
  if (offsets.length === 0) return [];
  const pointers: string[] = [];
  const end = (offsets.at(-1) ?? root.start) + 1;
  const pass = (levels: readonly Level[], index: number) => {
    while ((offsets[pointers.length] ?? Infinity) < index) {
      pointers.push(pointerTo(levels));
    }
  };
  const levels = scanLevels(text, { start: root.start, end }, {
    onToken: pass,
  });
  pass(levels, end);
  return pointers;
}

/** Of the value that is being read. */
export function pointerTo(levels: readonly Level[]): string {
  return pointerOf(levels.map(({ at }) => at));
}

function isKey(text: string, end: number): boolean {
  COLON.lastIndex = end;
  return COLON.test(text);
}

/** A key of a text that breaks off further down may itself be no JSON. */
function keyOf(source: string): string {
  try {
    return JSON.parse(source);
  } catch {
    return source.slice(1, -1);
  }
}
