import {
  endOfString,
  endOfValue,
  keyAt,
  skipSpace,
  type Slice,
} from "./slices.ts";

/** Counted from 1, in UTF-16 units, as editors do. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The positions of some offsets of a text, found in one pass. */
export function positionsAt(
  text: string,
  offsets: readonly number[],
): Map<number, Position> {
  const positions = new Map<number, Position>();
  let line = 1;
  let start = 0;
  let end = text.indexOf("\n");
  for (const offset of [...new Set(offsets)].sort((a, b) => a - b)) {
    while (end !== -1 && end < offset) {
      line++;
      start = end + 1;
      end = text.indexOf("\n", start);
    }
    positions.set(offset, { line, column: offset - start + 1 });
  }
  return positions;
}

/** JSON Pointers (RFC 6901) of one document as a tree, so that all are found in one pass. */
interface Wanted {
  readonly pointers: string[];
  readonly children: Map<string, Wanted>;
}

/**
 * Where the values of some JSON Pointers begin; for a missing one, the nearest
 * value around it.
 *
 * @param root the document within the text.
 */
export function offsetsOf(
  text: string,
  root: Slice,
  pointers: readonly string[],
): Map<string, number> {
  const tree: Wanted = { pointers: [], children: new Map() };
  for (const pointer of pointers) insert(tree, pointer);
  const offsets = new Map<string, number>();
  const open: Level[] = [];
  let at = root.start;
  let wanted: Wanted | undefined = tree;
  do {
    if (wanted !== undefined) settle(wanted, at, offsets);
    const isEntered = wanted !== undefined && wanted.children.size > 0 &&
      "{[".includes(text.charAt(at));
    if (isEntered) {
      open.push({ wanted, next: text.charAt(at) === "[" ? 0 : undefined });
    }
    at = skipSpace(text, isEntered ? at + 1 : endOfValue(text, at));
    ({ at, wanted } = nextValue(text, at, open));
  } while (open.length > 0);
  return offsets;
}

/** An object or a list that something is wanted of. */
interface Level {
  readonly wanted: Wanted;
  /** Index of the next element of a list. */
  next: number | undefined;
}

/** Goes on, from behind a value or an opening bracket, to where a value of the open levels begins. */
function nextValue(
  text: string,
  start: number,
  open: Level[],
): { at: number; wanted: Wanted | undefined } {
  let at = start;
  for (let level = open.at(-1); level !== undefined; level = open.at(-1)) {
    const character = text.charAt(at);
    if (character === "}" || character === "]") {
      open.pop();
      at = skipSpace(text, at + 1);
      continue;
    }
    if (character === ",") at = skipSpace(text, at + 1);
    const { children } = level.wanted;
    if (level.next !== undefined) {
      return { at, wanted: children.get(String(level.next++)) };
    }
    const end = endOfString(text, at);
    const wanted = children.get(keyAt(text, { start: at, end }));
    return { at: skipSpace(text, skipSpace(text, end) + 1), wanted };
  }
  return { at, wanted: undefined };
}

function insert(tree: Wanted, pointer: string): void {
  let node = tree;
  for (const key of keysOf(pointer)) {
    let child = node.children.get(key);
    if (child === undefined) {
      child = { pointers: [], children: new Map() };
      node.children.set(key, child);
    }
    node = child;
  }
  node.pointers.push(pointer);
}

/** The pointers of a value and, until they are found themselves, of all below it. */
function settle(
  wanted: Wanted,
  offset: number,
  offsets: Map<string, number>,
): void {
  const nodes = [wanted];
  for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
    for (const pointer of node.pointers) offsets.set(pointer, offset);
    nodes.push(...node.children.values());
  }
}

function keysOf(pointer: string): string[] {
  return pointer.split("/").slice(1).map((key) =>
    key.replaceAll("~1", "/").replaceAll("~0", "~")
  );
}
