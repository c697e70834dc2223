import { canonicalTree } from "../../tests/runs/schema/canonical.ts";
import {
  keysOf,
  parseTree,
  type Path,
  type Tree,
} from "../../tests/runs/schema/json_tree.ts";

/** A place at which two JSON texts say different things, number spelling apart. */
export interface WireDifference {
  readonly path: Path;
  /** Absent where only the other has the key. */
  readonly ours?: Tree;
  readonly theirs?: Tree;
}

export function wireDifferences(
  ours: string,
  theirs: string,
): WireDifference[] {
  return [...differences(parseTree(ours), parseTree(theirs), [])];
}

function* differences(
  ours: Tree,
  theirs: Tree,
  path: Path,
): Generator<WireDifference> {
  if ("literal" in ours || "literal" in theirs || isMixed(ours, theirs)) {
    if (canonicalTree(ours) !== canonicalTree(theirs)) {
      yield { path, ours, theirs };
    }
    return;
  }
  const [our, their] = [childrenOf(ours), childrenOf(theirs)];
  for (const key of new Set([...our.keys(), ...their.keys()])) {
    const [mine, other] = [our.get(key), their.get(key)];
    const inner = [...path, key];
    if (mine === undefined && other !== undefined) {
      yield { path: inner, theirs: other };
    } else if (other === undefined && mine !== undefined) {
      yield { path: inner, ours: mine };
    } else if (mine !== undefined && other !== undefined) {
      yield* differences(mine, other, inner);
    }
  }
  const common = (keys: Iterable<string | number>, also: Map<unknown, Tree>) =>
    [...keys].filter((key) => also.has(key)).join("\n");
  if (common(our.keys(), their) !== common(their.keys(), our)) {
    yield { path, ours, theirs };
  }
}

function isMixed(a: Tree, b: Tree): boolean {
  return "members" in a !== "members" in b;
}

/** Of a key that is there twice, the last one counts. */
function childrenOf(tree: Tree): Map<string | number, Tree> {
  if ("members" in tree) return new Map(tree.members);
  const elements = "elements" in tree ? tree.elements : [];
  return new Map(
    keysOf(tree).map((key, index) =>
      [key, elements[index] ?? { literal: "null" }] as const
    ),
  );
}
