import { coerceScalar } from "../../src/runs/schema/coerce.ts";
import { canonicalTree } from "../../tests/runs/schema/canonical.ts";
import { textOf, type Tree } from "../../tests/runs/schema/json_tree.ts";
import { scalarKindAt } from "./scalar_kind.ts";
import type { Version } from "./versions.ts";
import type { WireDifference } from "./wire_difference.ts";

interface Compared {
  readonly version: Version;
  /** The document has `rev` beside `_rev`. */
  readonly isWaiting: boolean;
  /** It has `_rev`, `_id`, `rev` or `id` twice under one name. */
  readonly isDoubled: boolean;
  /** It has the key `group` somewhere. */
  readonly hasGroup: boolean;
}

interface WireCause {
  readonly name: string;
  readonly reason: string;
  /** Not a decision but work that `wireForm` still has to do. */
  readonly isPending: boolean;
  readonly explains: (
    difference: WireDifference,
    compared: Compared,
  ) => boolean;
}

/** Every way in which `wireForm` and HardPy write an accepted document differently. */
export const WIRE_CAUSES: readonly WireCause[] = [
  {
    name: "revision-of-a-waiting-report",
    reason: "we send the report's own `rev`, HardPy the storage's `_rev`; " +
      "neither means anything to StandCloud",
    isPending: false,
    explains: ({ path }, { isWaiting }) =>
      isWaiting && path.length === 1 && path[0] === "rev",
  },
  {
    name: "numbers-of-an-instrument",
    reason: "generation C is written in the shape of D, so an instrument has " +
      "`serial_number` and `part_number` null as HardPy 0.16 writes them",
    isPending: false,
    explains: ({ path, theirs }, { version }) =>
      version.generation === "C" && path.at(-3) === "instruments" &&
      theirs === undefined,
  },
  {
    name: "no-digit-lost",
    reason: "HardPy rounds to a float what a text or a long literal says " +
      "exactly; we send every digit",
    isPending: false,
    explains: ({ path, ours, theirs }) => {
      if (ours === undefined || theirs === undefined) return false;
      const [mine, other] = [literalOf(ours), literalOf(theirs)];
      return scalarKindAt(path) !== "text" &&
        Number(coerceScalar(scalarKindAt(path), mine)) === Number(other) &&
        coerceScalar(scalarKindAt(path), mine).length >= 16;
    },
  },
  {
    name: "conversion",
    reason: "HardPy writes a scalar in its field's own type (`coerceScalar`)",
    isPending: true,
    explains: ({ path, ours, theirs }) =>
      ours !== undefined && theirs !== undefined &&
      canonicalTree({
          literal: coerceScalar(scalarKindAt(path), literalOf(ours)),
        }) === canonicalTree(theirs),
  },
  {
    name: "group-in-a-free-place",
    reason: "a `group` in an artifact, or as the name of a module, makes no " +
      "document a later one (`generationOf`)",
    isPending: true,
    explains: (_, { hasGroup, version }) =>
      hasGroup && "AB".includes(version.generation),
  },
  {
    name: "last-of-two",
    reason: "of a storage key that is there twice the last one counts, as " +
      "everywhere in JSON",
    isPending: true,
    explains: ({ path }, { isDoubled }) =>
      isDoubled && path.length === 1 && ["rev", "id"].includes(String(path[0])),
  },
  {
    name: "kind-of-measurement",
    reason: "HardPy holds a text that spells a number as a numeric " +
      "measurement where nothing speaks against it (`heldAs`), and adds the " +
      "`type` of the kind",
    isPending: true,
    explains: ({ path, ours, theirs }) =>
      // The order of keys, which follows from the kind.
      path.at(-2) === "measurements" ||
      path.at(-3) === "measurements" &&
        (ours === undefined || theirs === undefined) &&
        KEYS_OF_A_KIND.includes(String(path.at(-1))),
  },
];

const KEYS_OF_A_KIND = [
  "type",
  "casesensitive",
  "unit",
  "lower_limit",
  "upper_limit",
];

function literalOf(tree: Tree): string {
  return "literal" in tree ? tree.literal : textOf(tree);
}
