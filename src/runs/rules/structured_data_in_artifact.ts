import type { Key } from "../json/pointer.ts";
import { type Census, type MarkedKey, type Node, pathOf } from "./census.ts";
import { Once } from "./once.ts";
import type { Found, Rule } from "./rule.ts";
import { fieldsOf, isNumber, quoted } from "../values.ts";

export const structuredDataInArtifact: Rule = {
  word: "structured-data-in-artifact",
  brief: "An artifact holds a measurement or a chart",
  severities: ["info"],
  profile: "current",
  explanation:
    `StandCloud draws measurements against their limits, follows them over time and shows charts. It does
nothing of that with an artifact, which is for what has no field: logs, raw answers, settings.`,
  fix: "hardpy.set_case_measurement",
  failing: {
    at: "/modules/test_supply/cases/test_rail/artifact",
    json: '{"rail": {"volts": 3.31, "min": 3.2, "max": 3.4}}',
  },
  passing: {
    at: "/modules/test_supply/cases/test_rail/artifact",
    json: '{"log": "rail settled"}',
  },
  *check({ census }) {
    const told = new Once();
    for (const { node, key, looksLike } of suspects(census)) {
      // One of a kind for each artifact: the others are mended with it.
      if (!told.isNew(node.dictionary, looksLike)) continue;
      yield described(pathOf(node, key), { key, looksLike });
    }
  },
};

type Kind = "a field of the run" | "a measurement" | "a chart";

interface Suspect {
  readonly node: Node;
  readonly key: Key;
  readonly looksLike: Kind;
}

const FIXES: Readonly<Record<Kind, string>> = {
  "a field of the run": "use the function that HardPy has for this field",
  "a measurement": "hardpy.set_case_measurement",
  "a chart": "hardpy.set_case_chart",
};

function described(
  path: string,
  { key, looksLike }: Omit<Suspect, "node">,
): Found {
  const message = `The artifact ${quoted(key)} looks like ${looksLike}`;
  return { severity: "info", path, message, fix: FIXES[looksLike] };
}

function* suspects({ marked, series }: Census): Generator<Suspect> {
  let judged: Node | undefined;
  for (const { node, key, mark } of marked) {
    if (node.area !== "caseArtifact") continue;
    if (mark === "field") {
      yield { node, key, looksLike: "a field of the run" };
    } else if (mark === "measurements") {
      yield { node, key, looksLike: "a measurement" };
    } else if (mark === "limit" && node !== judged) {
      judged = node;
      if (hasValue(node)) yield measurementIn(node, key);
    }
  }
  yield* charts(series);
}

/** The object with the limits, unless that is the whole artifact. */
function measurementIn(node: Node, key: MarkedKey["key"]): Suspect {
  const { owner } = node;
  const looksLike = "a measurement";
  return owner === undefined || node === node.dictionary
    ? { node, key, looksLike }
    : { node: owner, key: node.key, looksLike };
}

/** A number beside the unit or the limits. */
function hasValue({ value }: Node): boolean {
  return Object.entries(fieldsOf(value)).some(([key, inner]) =>
    typeof inner === "number" && !/^(?:min|max|lower|upper|limit)/i.test(key)
  );
}

const LONG_SERIES = 8;

/** Many numbers, or as many as there are in a list beside it: x and y. */
function* charts(series: readonly Node[]): Generator<Suspect> {
  const lengths = new Once();
  for (const node of series) {
    const { owner, key } = node;
    const numbers = node.value as readonly unknown[];
    if (owner === undefined || !numbers.every(isNumber)) continue;
    const isFirst = Array.isArray(owner.value) ||
      lengths.isNew(owner, String(numbers.length));
    if (isFirst && numbers.length < LONG_SERIES) continue;
    yield { node: owner, key, looksLike: "a chart" };
  }
}
