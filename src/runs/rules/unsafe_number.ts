import { offsetsOf } from "../json/offsets.ts";
import { type Node, pathOf, type Place } from "./census.ts";
import type { Found, Rule } from "./rule.ts";
import type { Run } from "../run.ts";
import type { RunView } from "./run_view.ts";
import { quoted } from "./values.ts";

export const unsafeNumber: Rule = {
  word: "unsafe-number",
  brief: "A number that other programs cannot read exactly",
  severities: ["error", "warning", "info"],
  profile: "both",
  explanation:
    `NaN and Infinity, which Python writes, are not JSON: no report with them can be sent. A number too
large for a double becomes infinite where it is read, and an integer beyond 2^53 loses its last digits
in JavaScript, Excel and other programs (it is sent with all its digits).`,
  fix: "store long numbers as text",
  failing: { at: "/artifact", json: '{"chip_id": 9007199254740993}' },
  passing: { at: "/artifact", json: '{"chip_id": "9007199254740993"}' },
  *check(run) {
    const told = new Set<Node>();
    for (const { place, literal, offset } of literals(run)) {
      const found = judge(literal, place);
      // One for each list or object: its neighbours are mended with it.
      if (found === undefined || told.has(place.node)) continue;
      told.add(place.node);
      yield { ...found, offset };
    }
  },
};

interface Literal {
  readonly place: Place;
  readonly literal: string;
  readonly offset: number;
}

/** Of all paths together: keys can be very long. */
const MOST_CHARACTERS = 1_000_000;
const LITERAL = /[-+.\w]*/y;

/** The numbers as they are written. */
function* literals({ census, run }: RunView): Generator<Literal> {
  const [only, ...others] = census.longNumbers;
  const offset = others.length === 0 ? onlyLongNumber(run) : undefined;
  if (only !== undefined && offset !== undefined) {
    yield literalAt(run, offset, only);
    return;
  }
  const paths = new Map<string, Place>();
  let characters = 0;
  for (const place of census.longNumbers) {
    if (characters > MOST_CHARACTERS) break;
    const path = pathOf(place.node, place.key);
    characters += path.length;
    paths.set(path, place);
  }
  if (paths.size === 0) return;
  const offsets = offsetsOf(run.text, run.slice, [...paths.keys()]);
  for (const [path, place] of paths) {
    yield literalAt(run, offsets.get(path) ?? 0, place);
  }
}

function literalAt({ text }: Run, offset: number, place: Place): Literal {
  LITERAL.lastIndex = offset;
  return { place, literal: LITERAL.exec(text)?.[0] ?? "", offset };
}

/** What every number beyond 2^53 holds, and a fraction with many digits does not. */
const LONG = /(?<![.\d])\d{16}|\d[eE]\+?\d\d/g;

/**
 * Where the one long number of a document begins, without looking for its
 * path; undefined when more than one text looks like one.
 */
function onlyLongNumber({ text, slice }: Run): number | undefined {
  LONG.lastIndex = slice.start;
  const first = LONG.exec(text);
  if (first === null || first.index >= slice.end) return undefined;
  let start = first.index;
  while (/[-\d.]/.test(text.charAt(start - 1))) start--;
  LITERAL.lastIndex = start;
  const literal = LITERAL.exec(text)?.[0] ?? "";
  LONG.lastIndex = start + literal.length;
  const second = LONG.exec(text);
  const isOnly = second === null || second.index >= slice.end;
  return isOnly && Math.abs(Number(literal)) > Number.MAX_SAFE_INTEGER
    ? start
    : undefined;
}

function judge(
  literal: string,
  { node, key }: Place,
): Found | undefined {
  const isInteger = /^-?\d+$/.test(literal);
  const isInfinite = !Number.isFinite(Number(literal));
  if (!isInteger && !isInfinite) return undefined;
  return {
    severity: isInfinite ? "warning" : "info",
    path: pathOf(node, key),
    message: `${typeof key === "number" ? `Item ${key + 1}` : quoted(key)} is ${
      shown(literal)
    }, ${
      isInfinite ? "more than a double can hold" : "which other programs round"
    }`,
  };
}

function shown(literal: string): string {
  return literal.length <= 40 ? literal : `${literal.slice(0, 40)}…`;
}
