import * as fc from "fast-check";
import { type Edit, withEdit } from "./edits.ts";
import {
  at,
  keysOf,
  parseTree,
  type Path,
  textOf,
  type Tree,
} from "./json_tree.ts";
import { ODD_KEYS, ODD_VALUES } from "./odd_values.ts";
import { type Part, part } from "./parts.ts";
import { respelled } from "./respell.ts";

/** A kind of change with all that it may need; what it does depends on the document. */
export interface Mutation {
  readonly kind: keyof typeof KINDS;
  /** Which way to go at each container, until the way or the route ends. */
  readonly route: readonly number[];
  /** Chooses where there are several ways. */
  readonly pick: number;
  readonly value: string;
  readonly key: string;
  readonly part: Part;
}

interface Place {
  readonly path: Path;
  readonly tree: Tree;
  readonly root: Tree;
}

const KINDS = {
  drop: ({ path }: Place) => ({ drop: path }),
  retype: ({ path }: Place, { value }: Mutation) => ({ set: path, to: value }),
  respell: ({ path, tree }: Place, { pick }: Mutation) => ({
    set: path,
    to: respelled(textOf(tree), pick),
  }),
  vary: ({ path, tree }: Place, { pick, value }: Mutation) => {
    const alike = ODD_VALUES.filter((odd) =>
      typeOf(odd) === typeOf(textOf(tree))
    );
    return { set: path, to: alike[pick % alike.length] ?? value };
  },
  rename: ({ path }: Place, { key }: Mutation) => ({ rename: path, to: key }),
  nest: ({ path, tree }: Place) => ({ set: path, to: `[${textOf(tree)}]` }),
  unnest: ({ path, tree }: Place) => {
    const [first] = keysOf(tree);
    const inner = first === undefined ? undefined : at(tree, [first]);
    return inner && { set: path, to: textOf(inner) };
  },
  add: ({ path }: Place, { key, value }: Mutation) => ({
    set: [...path.slice(0, -1), key],
    to: value,
  }),
  part: ({ root }: Place, { part, route }: Mutation) => {
    const owner = ownerOf(part, root, route);
    return owner && { set: [...owner, part.key], to: part.literal };
  },
} satisfies Record<
  string,
  (place: Place, mutation: Mutation) => Edit | undefined
>;

const kinds = Object.keys(KINDS) as (keyof typeof KINDS)[];
/** Half of the documents stay acceptable with these. */
const gentle = ["respell", "vary", "vary", "part", "part", "drop"] as const;

const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom(...kinds, ...gentle, ...gentle),
  route: fc.array(fc.nat(999), { minLength: 1, maxLength: 8, size: "max" }),
  pick: fc.nat(999),
  value: fc.constantFrom(...ODD_VALUES),
  key: fc.constantFrom(...ODD_KEYS),
  part,
});

export const mutations: fc.Arbitrary<Mutation[]> = fc.oneof(
  { arbitrary: fc.tuple(mutation), weight: 3 },
  fc.array(mutation, { minLength: 2, maxLength: 3 }),
);

function typeOf(literal: string): string {
  return /^[-\d]/.test(literal) ? "number" : literal.charAt(0);
}

/** What the mutations change in this document. */
export function editsOf(text: string, chosen: readonly Mutation[]): Edit[] {
  const edits: Edit[] = [];
  let root = parseTree(text);
  for (const mutation of chosen) {
    const path = pathOf(root, mutation.route);
    const tree = at(root, path);
    if (tree === undefined) continue;
    const edit = KINDS[mutation.kind]({ path, tree, root }, mutation);
    if (edit === undefined) continue;
    edits.push(edit);
    root = withEdit(root, edit);
  }
  return edits;
}

function pathOf(root: Tree, route: readonly number[]): Path {
  const path: (string | number)[] = [];
  let tree = root;
  for (const number of route) {
    const keys = keysOf(tree);
    const key = keys[number % keys.length];
    const inner = key === undefined ? undefined : at(tree, [key]);
    if (key === undefined || inner === undefined) break;
    path.push(key);
    tree = inner;
  }
  return path;
}

function ownerOf(
  { key }: Part,
  root: Tree,
  route: readonly number[],
): Path | undefined {
  if (key === "instruments") return ["test_stand"];
  if (key === "sub_units") return ["dut"];
  const path: (string | number)[] = [];
  for (const container of ["modules", "cases"]) {
    const keys = keysOf(at(root, [...path, container]) ?? { literal: "null" });
    const name = keys[(route[path.length] ?? 0) % keys.length];
    if (name === undefined) return undefined;
    path.push(container, name);
  }
  return path;
}
