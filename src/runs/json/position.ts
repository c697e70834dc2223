import { elementsOf, membersOf, type Slice } from "./slices.ts";

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
  const waiting = [{ at: root, wanted: tree }];
  for (
    let next = waiting.pop();
    next !== undefined;
    next = waiting.pop()
  ) {
    const { at, wanted } = next;
    settle(wanted, at.start, offsets);
    if (wanted.children.size === 0) continue;
    // Of a key that is there twice, the last one counts.
    const children = new Map(childrenOf(text, at));
    for (const [key, child] of wanted.children) {
      const slice = children.get(key);
      if (slice !== undefined) waiting.push({ at: slice, wanted: child });
    }
  }
  return offsets;
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

function childrenOf(text: string, value: Slice): [string, Slice][] {
  const members = membersOf(text, value);
  return members === undefined
    ? (elementsOf(text, value) ?? []).map((slice, i) => [String(i), slice])
    : members.map((member) => [member.key, member]);
}

function keysOf(pointer: string): string[] {
  return pointer.split("/").slice(1).map((key) =>
    key.replaceAll("~1", "/").replaceAll("~0", "~")
  );
}
