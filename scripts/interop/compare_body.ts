import { rootOf } from "../../src/runs/json/slices.ts";
import { postedBody } from "../../src/runs/posted_body.ts";
import type { StoredForm } from "../../src/runs/stored_form.ts";
import { wireForm } from "../../src/runs/wire_form.ts";
import { parseTree, type Tree } from "../../tests/runs/schema/json_tree.ts";
import { BODY_CAUSES } from "./body_causes.ts";
import type { Finding } from "./compare.ts";
import type { Version } from "./versions.ts";
import { wireDifferences } from "./wire_difference.ts";

export interface BodyComparison {
  readonly form: StoredForm;
  /** Values and the order of keys; the spelling of numbers apart. */
  readonly finding: Finding;
  /** Numbers that HardPy spells otherwise, such as 1e-07 for 0.0000001. */
  readonly spelled: number;
}

/** Compares a body that HardPy posted with the one that we send for a document that it stored. */
export function compareBody(
  body: string,
  stored: string,
  { form, version }: { form: StoredForm; version: Version },
): BodyComparison {
  const ours = ourBody(stored, version);
  const names = new Set<string>();
  for (const difference of wireDifferences(ours, body)) {
    const cause = BODY_CAUSES.find(({ explains }) =>
      explains(difference, { version, form })
    );
    if (cause === undefined) {
      const pair = JSON.stringify([difference.ours, difference.theirs]);
      const what = `the ${form} gives another body at ` +
        `${difference.path.join("/")}: ${pair.slice(0, 300)}`;
      return { form, finding: { kind: "unexplained", what }, spelled: 0 };
    }
    names.add(cause.name);
  }
  const finding: Finding = names.size === 0
    ? { kind: "same" }
    : { kind: "named", names: [...names].sort() };
  return { form, finding, spelled: spelledOtherwise(ours, body) };
}

/** HardPy fills the mandatory fields since 0.16. */
function ourBody(stored: string, { generation }: Version): string {
  const fillUnknown = generation === "D";
  return postedBody(wireForm(stored, rootOf(stored)), { fillUnknown });
}

function spelledOtherwise(ours: string, theirs: string): number {
  const [mine, other] = [parseTree(ours), parseTree(theirs)]
    .map((tree) => [...numbersOf(tree, "")]);
  const spelling = new Map(mine);
  return (other ?? []).filter(([path, literal]) =>
    spelling.has(path) && spelling.get(path) !== literal
  ).length;
}

function* numbersOf(tree: Tree, path: string): Generator<[string, string]> {
  if ("members" in tree) {
    for (const [key, value] of tree.members) {
      yield* numbersOf(value, `${path}/${key}`);
    }
  } else if ("elements" in tree) {
    for (const [index, value] of tree.elements.entries()) {
      yield* numbersOf(value, `${path}/${index}`);
    }
  } else if (/^[-\d]/.test(tree.literal)) {
    yield [path, tree.literal];
  }
}
