import {
  elementsAt,
  membersAt,
  rootOf,
  type Slice,
} from "../../../src/runs/json/slices.ts";

/** A JSON text taken apart so that it can be changed and every other character stays. */
export type Tree =
  | { readonly literal: string }
  | { readonly members: [string, Tree][] }
  | { readonly elements: Tree[] };

export type Path = readonly (string | number)[];

export function parseTree(text: string, slice: Slice = rootOf(text)): Tree {
  const members = membersAt(text, slice);
  if (members !== undefined) {
    return {
      members: members.map((member) => [member.key, parseTree(text, member)]),
    };
  }
  const elements = elementsAt(text, slice);
  return elements === undefined
    ? { literal: text.slice(slice.start, slice.end) }
    : { elements: elements.map((element) => parseTree(text, element)) };
}

export function textOf(tree: Tree): string {
  if ("literal" in tree) return tree.literal;
  if ("elements" in tree) return `[${tree.elements.map(textOf).join(",")}]`;
  const members = tree.members.map(([key, value]) =>
    `${JSON.stringify(key)}:${textOf(value)}`
  );
  return `{${members.join(",")}}`;
}

/** The keys or indexes of what a container holds. */
export function keysOf(tree: Tree): (string | number)[] {
  if ("members" in tree) return tree.members.map(([key]) => key);
  return "elements" in tree ? [...tree.elements.keys()] : [];
}

export function child(tree: Tree, key: string | number): Tree | undefined {
  if ("members" in tree) {
    return tree.members.find(([name]) => name === key)?.[1];
  }
  return "elements" in tree ? tree.elements[Number(key)] : undefined;
}

export function at(tree: Tree, path: Path): Tree | undefined {
  return path.reduce<Tree | undefined>(
    (inner, key) => inner && child(inner, key),
    tree,
  );
}
