/** JSON Pointers (RFC 6901) of one document as a tree, so that all are found in one pass. */
export interface Wanted {
  readonly pointers: string[];
  readonly children: Map<string, Wanted>;
  /** Where it was found. */
  at: number | undefined;
}

/** @returns the tree, and how many values it wants: also those around the ones that are asked for. */
export function newWanted(
  pointers: readonly string[],
): { tree: Wanted; count: number } {
  const tree: Wanted = { pointers: [], children: new Map(), at: undefined };
  let count = 1;
  for (const pointer of pointers) {
    let node = tree;
    for (const key of keysOf(pointer)) {
      let child = node.children.get(key);
      if (child === undefined) {
        child = { pointers: [], children: new Map(), at: undefined };
        node.children.set(key, child);
        count++;
      }
      node = child;
    }
    node.pointers.push(pointer);
  }
  return { tree, count };
}

/** What was found below an object counts no more when its key stands there again. */
export function placeAt(wanted: Wanted, at: number): void {
  if (wanted.at !== undefined) {
    const nodes = [...wanted.children.values()];
    for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
      node.at = undefined;
      for (const child of node.children.values()) nodes.push(child);
    }
  }
  wanted.at = at;
}

/** The offsets that were found; for a missing value, that of the nearest one around it. */
export function placesIn(tree: Wanted, start: number): Map<string, number> {
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
  const keys = pointer.split("/");
  keys.shift();
  return pointer.includes("~") ? keys.map(unescaped) : keys;
}

function unescaped(key: string): string {
  return key.replaceAll("~1", "/").replaceAll("~0", "~");
}
