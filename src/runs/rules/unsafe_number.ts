import { pointersAt } from "../json/levels.ts";
import { offsetsOf } from "../json/offsets.ts";
import { PYTHON_NUMBER_FIX, pythonNumberFinding } from "../python_numbers.ts";
import { type Node, type NodeKey, pathOf } from "./census.ts";
import type { Found, More, Rule } from "./rule.ts";
import type { Run } from "../run.ts";
import type { RunView } from "./run_view.ts";
import { quoted } from "../values.ts";

export const unsafeNumber: Rule = {
  word: "unsafe-number",
  brief: "A number that other programs cannot read exactly",
  severities: ["error", "warning", "info"],
  profile: "both",
  isForEveryDocument: true,
  explanation:
    `NaN and Infinity, which Python writes, are not JSON: no report with them can be sent. A number too
large for a double becomes infinite where it is read, and an integer beyond 2^53 loses its last digits
in JavaScript, Excel and other programs (it is sent with all its digits).`,
  fix: "store long numbers as text",
  failing: { at: "/artifact", json: '{"chip_id": 9007199254740993}' },
  passing: { at: "/artifact", json: '{"chip_id": "9007199254740993"}' },
  *check(run) {
    yield* pythonNumbers(run.run);
    const told = new Set<Node>();
    for (const { place, literal, offset } of literals(run)) {
      const found = judgeLiteral(literal, place);
      // One for each list or object: its neighbours are mended with it.
      if (found === undefined || told.has(place.node)) continue;
      told.add(place.node);
      yield { ...found, offset };
    }
  },
};

/** More of them say nothing new. */
const MOST_PYTHON_NUMBERS = 200;

/** What makes the document no JSON. */
function* pythonNumbers(
  { text, slice, pythonNumbers: offsets }: Run,
): Generator<Found | More> {
  const first = offsets.slice(0, MOST_PYTHON_NUMBERS);
  const paths = pointersAt(text, slice, first);
  for (const [index, offset] of first.entries()) {
    const path = paths[index] ?? "";
    const message = pythonNumberFinding(literalAt(text, offset), path);
    yield { severity: "error", path, message, fix: PYTHON_NUMBER_FIX, offset };
  }
  const more = offsets.length - first.length;
  if (more > 0) yield { severity: "error", more };
}

interface Literal {
  readonly place: NodeKey;
  readonly literal: string;
  readonly offset: number;
}

/** Of all paths together: keys can be very long. */
const MOST_CHARACTERS = 1_000_000;
const LITERAL = /[-+.\w]*/y;

/** The numbers as they are written. */
function* literals(
  { census, run, hasUniqueKeys }: RunView,
): Generator<Literal> {
  const { text, slice: root } = run;
  const paths = new Map<string, NodeKey>();
  let characters = 0;
  for (const place of census.longNumbers) {
    if (characters > MOST_CHARACTERS) break;
    const path = pathOf(place.node, place.key);
    characters += path.length;
    paths.set(path, place);
  }
  if (paths.size === 0) return;
  const offsets = offsetsOf({ text, root, hasUniqueKeys }, [...paths.keys()]);
  for (const [path, place] of paths) {
    const offset = offsets.get(path) ?? root.start;
    yield { place, literal: literalAt(text, offset), offset };
  }
}

function literalAt(text: string, offset: number): string {
  LITERAL.lastIndex = offset;
  return LITERAL.exec(text)?.[0] ?? "";
}

function judgeLiteral(
  literal: string,
  { node, key }: NodeKey,
): Found | undefined {
  const isInteger = /^-?\d+$/.test(literal);
  const isInfinite = /\d/.test(literal) && !Number.isFinite(Number(literal));
  if (!isInteger && !isInfinite) return undefined;
  return {
    severity: isInfinite ? "warning" : "info",
    path: pathOf(node, key),
    message: `${typeof key === "number" ? `Item ${key + 1}` : quoted(key)} is ${
      shortened(literal)
    }, ${
      isInfinite ? "more than a double can hold" : "which other programs round"
    }`,
  };
}

function shortened(literal: string): string {
  return literal.length <= 40 ? literal : `${literal.slice(0, 40)}…`;
}
