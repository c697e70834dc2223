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
  const wanted: Wanted = { pointers: [], children: new Map() };
  for (const pointer of pointers) insert(wanted, pointer);
  // Most documents are laid out by a program, which makes skipping cheap.
  return find(text, root, { wanted, endOf: endByLayout }) ??
    find(text, root, { wanted, endOf: endOfValue }) ?? new Map();
}

interface Search {
  readonly wanted: Wanted;
  /** Just behind the value that begins at `start`. */
  endOf(text: string, start: number): number;
}

/** Undefined when `endOf` was wrong: then the brackets do not come out even. */
function find(
  text: string,
  root: Slice,
  { wanted: tree, endOf }: Search,
): Map<string, number> | undefined {
  const offsets = new Map<string, number>();
  const open: Level[] = [];
  let value: Value | undefined = { at: root.start, wanted: tree };
  while (value !== undefined) {
    const { at, wanted } = value;
    if (wanted !== undefined) settle(wanted, at, offsets);
    const isEntered = wanted !== undefined && wanted.children.size > 0 &&
      isOpening(text, at);
    if (isEntered) open.push({ wanted, next: nextIndex(text, at) });
    const end = isEntered ? at + 1 : endOf(text, at);
    if (end === at) return undefined;
    const behind = close(text, skipSpace(text, end), open);
    const level = open.at(-1);
    if (level === undefined) {
      return behind === skipSpace(text, root.end) ? offsets : undefined;
    }
    value = valueOf(text, behind, level);
  }
  return undefined;
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
