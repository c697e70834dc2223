import { rootOf } from "../../src/runs/json/slices.ts";
import { checkSchema } from "../../src/runs/schema/check_schema.ts";
import {
  type Generation,
  generationOf,
} from "../../src/runs/model/generation.ts";
import { heldAs } from "../../src/runs/model/measurement_kind.ts";
import { wireForm } from "../../src/runs/wire_form.ts";
import { keysOf, parseTree } from "../../tests/runs/schema/json_tree.ts";
import { VERDICT_DIFFERENCES } from "./differences.ts";
import type { Judgement } from "./judge.ts";
import type { Version } from "./versions.ts";
import { WIRE_CAUSES } from "./wire_causes.ts";
import { wireDifferences } from "./wire_difference.ts";

/** How our reading of one document compares with that of one HardPy. */
export interface Comparison {
  readonly verdict: Finding;
  /** Undefined where there is nothing to compare: one of us refuses it, HardPy cannot send it, or has another shape. */
  readonly wire: Finding | undefined;
}

/** Equal, different for named reasons, or a mistake of ours. */
export type Finding =
  | { readonly kind: "same" }
  | { readonly kind: "named"; readonly names: readonly string[] }
  | { readonly kind: "unexplained"; readonly what: string };

export function compare(
  text: string,
  version: Version,
  judgement: Judgement,
): Comparison {
  const document = JSON.parse(text);
  const verdict = compareVerdict(document, version, judgement);
  const isComparable = verdict.kind === "same" &&
    hasShapeOf(document, version.generation);
  return {
    verdict,
    wire: isComparable && judgement.wire !== null
      ? compareWire(text, judgement.wire, version)
      : undefined,
  };
}

function compareVerdict(
  document: unknown,
  version: Version,
  { accepted, why }: Judgement,
): Finding {
  const problems = checkSchema(document, version.generation);
  if ((problems.length === 0) === (accepted === true)) return { kind: "same" };
  const disagreement = { version, document, problems, accepted, why };
  const found = VERDICT_DIFFERENCES.find(({ explains }) =>
    explains(disagreement)
  );
  if (found !== undefined) return { kind: "named", names: [found.name] };
  const ours = problems.map(({ path, message }) => `${path} ${message}`);
  const what = accepted
    ? `HardPy takes it, we say: ${ours.join("; ")}`
    : `we take it, HardPy says: ${why.join("; ")}`;
  return { kind: "unexplained", what };
}

/** A and B differ in keys, C and D are written alike. */
function hasShapeOf(document: unknown, generation: Generation): boolean {
  const own = generationOf(document);
  return own === generation || "CD".includes(own) && "CD".includes(generation);
}

function compareWire(text: string, theirs: string, version: Version): Finding {
  const document = JSON.parse(text);
  const keys = keysOf(parseTree(text));
  const compared = {
    version,
    isWaiting: keys.includes("rev") && keys.includes("_rev"),
  };
  const misheld = misheldMeasurements(document, JSON.parse(theirs));
  if (misheld !== undefined) return { kind: "unexplained", what: misheld };
  const names = new Set<string>();
  const ours = wireForm(text, rootOf(text));
  for (const difference of wireDifferences(ours, theirs)) {
    const cause = WIRE_CAUSES.find(({ explains }) =>
      explains(difference, compared)
    );
    if (cause === undefined) {
      const place = difference.path.join("/");
      const pair = JSON.stringify([difference.ours, difference.theirs]);
      return {
        kind: "unexplained",
        what: `${place} is sent differently: ${pair.slice(0, 200)}`,
      };
    }
    names.add(cause.name);
  }
  return names.size === 0
    ? { kind: "same" }
    : { kind: "named", names: [...names].sort() };
}

/** A measurement that `heldAs` gives another kind than HardPy. */
function misheldMeasurements(
  document: unknown,
  theirs: unknown,
): string | undefined {
  const ours = measurementsOf(document);
  const index = measurementsOf(theirs).findIndex((held, index) => {
    const kind = Object.hasOwn(held, "casesensitive") ? "string" : "numeric";
    return heldAs(ours[index] ?? {}) !== kind;
  });
  return index === -1
    ? undefined
    : `HardPy holds it as the other kind: ${JSON.stringify(ours[index])}`;
}

function measurementsOf(run: unknown): Record<string, unknown>[] {
  const valuesOf = (owner: unknown, key: string): unknown[] =>
    Object.values((owner as Record<string, object>)[key] ?? {});
  return valuesOf(run, "modules").flatMap((module) => valuesOf(module, "cases"))
    .flatMap((testCase) => valuesOf(testCase, "measurements"))
    .map((measurement) => measurement as Record<string, unknown>);
}
