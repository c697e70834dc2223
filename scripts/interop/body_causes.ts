import type { StoredForm } from "../../src/runs/stored_form.ts";
import {
  type Path,
  textOf,
  type Tree,
} from "../../tests/runs/schema/json_tree.ts";
import type { Version } from "./versions.ts";
import { WIRE_CAUSES } from "./wire_causes.ts";
import type { WireDifference } from "./wire_difference.ts";

interface Posted {
  readonly version: Version;
  readonly form: StoredForm;
}

interface BodyCause {
  readonly name: string;
  readonly reason: string;
  readonly explains: (difference: WireDifference, posted: Posted) => boolean;
}

/** Every way in which our body of a stored document and the one that HardPy posted of the run differ. */
export const BODY_CAUSES: readonly BodyCause[] = [
  {
    name: "names-of-the-storage",
    reason: "HardPy posts the `rev` and `id` of the current record, we send " +
      "those of the document that we read; neither means anything to StandCloud",
    explains: ({ path }, { form }) =>
      form !== "record" && path.length === 1 &&
      ["rev", "id"].includes(String(path[0])),
  },
  {
    name: "set-after-the-run",
    reason: "HardPy writes the history file before the post-run functions, " +
      "so it lacks what they set; a fuller document of the run goes first",
    explains: ({ path, ours, theirs }, { form }) =>
      form === "history" && isEmptyOrMissing(ours) && theirs !== undefined &&
      canBeSetLate(path),
  },
  {
    name: "names-filled-for-every-version",
    reason: "HardPy fills the names of the DUT, sub units and instruments " +
      "since 0.16; we fill them for each document that has the fields",
    explains: ({ path, ours, theirs }, { version }) =>
      version.generation === "C" && isEmptyOrMissing(theirs) &&
      ours !== undefined && !isEmptyOrMissing(ours) && isFilledName(path),
  },
  {
    name: "blank-is-missing",
    reason: "HardPy sends a mandatory text of spaces, and the DUT's name " +
      "that it copies from it; --fill-unknown fills both",
    explains: ({ path, ours, theirs }) =>
      isText(ours, /^unknown$/) && isText(theirs, /^\s+$/) &&
      ["test_stand/name", "dut/part_number", "dut/name"]
        .includes(path.join("/")),
  },
  ...WIRE_CAUSES.map(({ name, reason, explains }) => ({
    name,
    reason,
    explains: (difference: WireDifference, { version, form }: Posted) =>
      explains(difference, { version, isWaiting: form === "tempstore" }),
  })),
];

/** The keys that the post-run functions of our plans set. */
function canBeSetLate(path: Path): boolean {
  return path[0] === "artifact" ||
    ["test_stand/location", "dut/serial_number"].includes(path.join("/"));
}

function isFilledName(path: Path): boolean {
  const key = String(path.at(-1));
  return path.join("/") === "dut/name" ||
    ["name", "part_number"].includes(key) &&
      ["sub_units", "instruments"].includes(String(path.at(-3)));
}

function isEmptyOrMissing(tree: Tree | undefined): boolean {
  return tree === undefined || ["null", '""'].includes(textOf(tree));
}

function isText(tree: Tree | undefined, form: RegExp): boolean {
  if (tree === undefined || !("literal" in tree)) return false;
  const value: unknown = JSON.parse(tree.literal);
  return typeof value === "string" && form.test(value);
}
