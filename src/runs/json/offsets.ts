import { endByLayout } from "./layout.ts";
import {
  endOfString,
  endOfValue,
  keyAt,
  skipSpace,
  type Slice,
} from "./slices.ts";
import { newWanted, placeAt, placesIn, type Wanted } from "./wanted.ts";

/** A document within a text. */
export interface Document {
  readonly text: string;
  readonly root: Slice;
  /** No object in it has a key twice, so what was found need not be looked for again. */
  readonly hasUniqueKeys?: boolean;
}

/**
 * Where the values of some JSON Pointers begin; for a missing one, the nearest
 * value around it.
 */
export function offsetsOf(
  document: Document,
  pointers: readonly string[],
): Map<string, number> {
  // Most documents are laid out by a program, which makes skipping cheap.
  const search = newSearch(document, pointers);
  if (find({ ...search, isLaidOut: true })) {
    return placesIn(search.tree, document.root.start);
  }
  const slowly = newSearch(document, pointers);
  find(slowly);
  return placesIn(slowly.tree, document.root.start);
}

interface Search extends Document {
  readonly tree: Wanted;
  /** How many values are wanted. */
  readonly count: number;
  readonly isLaidOut: boolean;
}

function newSearch(
  document: Document,
  pointers: readonly string[],
): Search {
  return { ...document, ...newWanted(pointers), isLaidOut: false };
}

/** False when the layout was another: then the brackets do not come out even. */
function find(search: Search): boolean {
  const { text, root, tree, hasUniqueKeys, isLaidOut } = search;
  const open: Entered[] = [];
  let left = search.count;
  let value: Value | undefined = { at: root.start, wanted: tree };
  while (value !== undefined) {
    const { at, wanted } = value;
    if (wanted !== undefined) {
      placeAt(wanted, at);
      if (--left === 0 && hasUniqueKeys) return true;
    }
    const isEntered = wanted !== undefined && wanted.children.size > 0 &&
      isOpening(text, at);
    if (isEntered) open.push(levelAt(text, at, wanted));
    else if (wanted !== undefined) oneLess(open);
    const end = isEntered
      ? at + 1
      : isLaidOut
      ? endByLayout(text, at)
      : endOfValue(text, at);
    if (end === at) return false;
    const behind = close(search, end, open);
    const level = open.at(-1);
    if (level === undefined) return behind === skipSpace(text, root.end);
    value = valueOf(text, behind, level);
  }
  return false;
}

/** An object or a list that something is wanted of. */
interface Entered {
  readonly wanted: Wanted;
  readonly start: number;
  /** How many of its values are still looked for. */
  left: number;
  /** Index of the next element of a list. */
  next: number | undefined;
}

interface Value {
  readonly at: number;
  readonly wanted: Wanted | undefined;
}

function isOpening(text: string, at: number): boolean {
  const character = text.charAt(at);
  return character === "{" || character === "[";
}

function levelAt(text: string, start: number, wanted: Wanted): Entered {
  const next = text.charAt(start) === "[" ? 0 : undefined;
  return { wanted, start, left: wanted.children.size, next };
}

function oneLess(open: readonly Entered[]): void {
  const level = open.at(-1);
  if (level !== undefined) level.left--;
}

/** Leaves the levels that end at `start`, and those of which nothing more is wanted. */
function close(
  { text, hasUniqueKeys, isLaidOut }: Search,
  start: number,
  open: Entered[],
): number {
  let at = skipSpace(text, start);
  for (let level = open.at(-1); level !== undefined; level = open.at(-1)) {
    if (isClosing(text, at)) at++;
    else if (level.left > 0 || !hasUniqueKeys || !isLaidOut) break;
    else at = endByLayout(text, level.start, at);
    open.pop();
    oneLess(open);
    at = skipSpace(text, at);
  }
  return at;
}

function isClosing(text: string, at: number): boolean {
  const character = text.charAt(at);
  return character === "}" || character === "]";
}

/** The next value of a level; undefined when there is none. */
function valueOf(
  text: string,
  start: number,
  level: Entered,
): Value | undefined {
  const at = text.charAt(start) === "," ? skipSpace(text, start + 1) : start;
  const { children } = level.wanted;
  if (level.next !== undefined) {
    return { at, wanted: children.get(String(level.next++)) };
  }
  if (text.charAt(at) !== '"') return undefined;
  const end = endOfString(text, at);
  const wanted = children.get(keyAt(text, { start: at, end }));
  return { at: skipSpace(text, skipSpace(text, end) + 1), wanted };
}
