import { endByLayout } from "./layout.ts";
import {
  endOfString,
  endOfValue,
  keyAt,
  skipSpace,
  type Slice,
} from "./slices.ts";

/** JSON Pointers (RFC 6901) of one document as a tree, so that all are found in one pass. */
interface Wanted {
  readonly pointers: string[];
  readonly children: Map<string, Wanted>;
  /** Where it was found. */
  at: number | undefined;
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
  const wanted: Wanted = { pointers: [], children: new Map(), at: undefined };
  for (const pointer of pointers) insert(wanted, pointer);
  // Most documents are laid out by a program, which makes skipping cheap.
  if (!find(text, root, { wanted, endOf: endByLayout })) {
    find(text, root, { wanted, endOf: endOfValue });
  }
  return offsetsIn(wanted, root.start);
}

interface Search {
  readonly wanted: Wanted;
  /** Just behind the value that begins at `start`. */
  endOf(text: string, start: number): number;
}

/** False when `endOf` was wrong: then the brackets do not come out even. */
function find(
  text: string,
  root: Slice,
  { wanted: tree, endOf }: Search,
): boolean {
  const open: Level[] = [];
  let value: Value | undefined = { at: root.start, wanted: tree };
  while (value !== undefined) {
    const { at, wanted } = value;
    if (wanted !== undefined) place(wanted, at);
    const isEntered = wanted !== undefined && wanted.children.size > 0 &&
      isOpening(text, at);
    if (isEntered) open.push({ wanted, next: nextIndex(text, at) });
    const end = isEntered ? at + 1 : endOf(text, at);
    if (end === at) return false;
    const behind = close(text, skipSpace(text, end), open);
    const level = open.at(-1);
    if (level === undefined) {
      return behind === skipSpace(text, root.end);
    }
    value = valueOf(text, behind, level);
  }
  return false;
}

/** An object or a list that something is wanted of. */
interface Level {
  readonly wanted: Wanted;
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

function nextIndex(text: string, at: number): number | undefined {
  return text.charAt(at) === "[" ? 0 : undefined;
}

/** Leaves the levels that end at `start`. */
function close(text: string, start: number, open: Level[]): number {
  let at = start;
  while (open.length > 0) {
    const character = text.charAt(at);
    if (character !== "}" && character !== "]") break;
    open.pop();
    at = skipSpace(text, at + 1);
  }
  return at;
}

/** The next value of a level; undefined when there is none. */
function valueOf(
  text: string,
  start: number,
  level: Level,
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

function insert(tree: Wanted, pointer: string): void {
  let node = tree;
  for (const key of keysOf(pointer)) {
    let child = node.children.get(key);
    if (child === undefined) {
      child = { pointers: [], children: new Map(), at: undefined };
      node.children.set(key, child);
    }
    node = child;
  }
  node.pointers.push(pointer);
}

/** What was found below an object counts no more when its key stands there again. */
function place(wanted: Wanted, at: number): void {
  if (wanted.at !== undefined) {
    const nodes = [...wanted.children.values()];
    for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
      node.at = undefined;
      nodes.push(...node.children.values());
    }
  }
  wanted.at = at;
}

/** The offsets that were found; for a missing value, that of the nearest one around it. */
function offsetsIn(tree: Wanted, start: number): Map<string, number> {
  const offsets = new Map<string, number>();
  const nodes = [{ node: tree, around: start }];
  for (let next = nodes.pop(); next !== undefined; next = nodes.pop()) {
    const at = next.node.at ?? next.around;
    for (const pointer of next.node.pointers) offsets.set(pointer, at);
    for (const node of next.node.children.values()) {
      nodes.push({ node, around: at });
    }
  }
  return offsets;
}

function keysOf(pointer: string): string[] {
  return pointer.split("/").slice(1).map((key) =>
    key.replaceAll("~1", "/").replaceAll("~0", "~")
  );
}
