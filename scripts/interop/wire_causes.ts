import { coerceScalar } from "../../src/runs/model/coerce.ts";
import { textOf, type Tree } from "../../tests/runs/schema/json_tree.ts";
import { scalarKindAt } from "./scalar_kind.ts";
import type { Version } from "./versions.ts";
import type { WireDifference } from "./wire_difference.ts";

interface Compared {
  readonly version: Version;
  /** The document has `rev` beside `_rev`. */
  readonly isWaiting: boolean;
}

interface WireCause {
  readonly name: string;
  readonly reason: string;
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
    explains: ({ path }, { isWaiting }) =>
      isWaiting && path.length === 1 && path[0] === "rev",
  },
  {
    name: "numbers-of-an-instrument",
    reason: "generation C is written in the shape of D, so an instrument has " +
      "`serial_number` and `part_number` null as HardPy 0.16 writes them",
    explains: ({ path, theirs }, { version }) =>
      version.generation === "C" && path.at(-3) === "instruments" &&
      theirs === undefined,
  },
  {
    name: "no-digit-lost",
    reason: "HardPy rounds to a float what a text or a long literal says " +
      "exactly; we send every digit",
    explains: ({ path, ours, theirs }) => {
      if (ours === undefined || theirs === undefined) return false;
      const [mine, other] = [literalOf(ours), literalOf(theirs)];
      return scalarKindAt(path) !== "text" &&
        Number(coerceScalar(scalarKindAt(path), mine)) === Number(other) &&
        coerceScalar(scalarKindAt(path), mine).length >= 16;
    },
  },
];

function literalOf(tree: Tree): string {
  return "literal" in tree ? tree.literal : textOf(tree);
}
