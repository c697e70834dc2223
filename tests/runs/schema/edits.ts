import { at, parseTree, type Path, textOf, type Tree } from "./json_tree.ts";

/** One change to a JSON text. */
export type Edit =
  | { readonly drop: Path }
  /** Adds the key where it is missing. */
  | { readonly set: Path; readonly to: string }
  | { readonly rename: Path; readonly to: string };

/** The text with the changes made, one after another; one that has no place is left out. */
export function edited(text: string, edits: readonly Edit[]): string {
  return textOf(edits.reduce(withEdit, parseTree(text)));
}

export function withEdit(root: Tree, edit: Edit): Tree {
  const path = "drop" in edit
    ? edit.drop
    : "set" in edit
    ? edit.set
    : edit.rename;
  const key = path.at(-1);
  if (key === undefined) {
    return "set" in edit ? parseTree(expanded(edit.to)) : root;
  }
  const owner = at(root, path.slice(0, -1));
  if (owner !== undefined && "members" in owner) {
    editMembers(owner.members, String(key), edit);
  } else if (owner !== undefined && "elements" in owner) {
    editElements(owner.elements, Number(key), edit);
  }
  return root;
}

function editMembers(
  members: [string, Tree][],
  key: string,
  edit: Edit,
): void {
  const index = members.findIndex(([name]) => name === key);
  const found = members[index];
  if ("set" in edit) {
    const value = parseTree(expanded(edit.to));
    if (found === undefined) members.push([key, value]);
    else found[1] = value;
  } else if (found !== undefined) {
    if ("drop" in edit) members.splice(index, 1);
    else found[0] = edit.to;
  }
}

function editElements(elements: Tree[], index: number, edit: Edit): void {
  if (!Number.isInteger(index)) return;
  if ("set" in edit) {
    elements[Math.min(index, elements.length)] = parseTree(expanded(edit.to));
  } else if ("drop" in edit && index < elements.length) {
    elements.splice(index, 1);
  }
}

const HUGE: Readonly<Record<string, (size: number) => string>> = {
  text: (size) => JSON.stringify("x".repeat(size)),
  list: (size) => `[${Array<string>(size).fill("1").join(",")}]`,
  number: (size) => "7".repeat(size),
  depth: (size) => "[".repeat(size) + "]".repeat(size),
};

/** Such as `huge text 1000`, so that a recorded edit stays short. */
function expanded(literal: string): string {
  const [, kind = "", size] = /^huge (\w+) (\d+)$/.exec(literal) ?? [];
  return HUGE[kind]?.(Number(size)) ?? literal;
}
