import { onOneLine } from "./json/layout.ts";
import { offsetsOf } from "./json/offsets.ts";
import { type Key, pointerOf } from "./json/pointer.ts";
import { elementsAt, rootOf, skipSpace, type Slice } from "./json/slices.ts";

/** Where the text has so many digits in a row, there may be an integer beyond 2^53. */
const MANY_DIGITS = /[:[,\s]-?\d{16}/;

/** A text, and the same parsed, or a part of its outermost object. */
export interface Parsed {
  readonly text: string;
  readonly value: object;
  /** No object in it has a key twice. */
  readonly hasUniqueKeys: boolean;
}

/**
 * The digits of the integers beyond 2^53, which a double has not all of: a JSON
 * object with a JSON Pointer (RFC 6901) for each of them, in their order; a list
 * of such integers has one for all, with null for its other elements. Undefined
 * when there are none.
 */
export function longIntegersIn(
  { text, value, hasUniqueKeys }: Parsed,
): string | undefined {
  if (!MANY_DIGITS.test(text)) return undefined;
  const paths: string[] = [];
  collect(value, undefined, paths);
  if (paths.length === 0) return undefined;
  // A search in a laid out text guesses where values end.
  const line = onOneLine(text);
  const root = { start: skipSpace(line, 0), end: line.length };
  const document = { text: line, root, hasUniqueKeys };
  const offsets = offsetsOf(document, paths);
  const found = paths.flatMap((path) => {
    const digits = digitsAt(line, rootOf(line, offsets.get(path)));
    return digits === undefined
      ? []
      : [`${JSON.stringify(path)}:${JSON.stringify(digits)}`];
  });
  return found.length === 0 ? undefined : `{${found.join(",")}}`;
}

/** The way to a value: texts are made of the few that are wanted only. */
interface Way {
  readonly owner: Way | undefined;
  readonly key: Key;
}

function pathOf(way: Way | undefined): string {
  const keys: Key[] = [];
  for (let at = way; at !== undefined; at = at.owner) keys.push(at.key);
  return pointerOf(keys.reverse());
}

/** Finds numbers beyond 2^53, and lists of nothing but numbers, texts and the like that hold some. */
function collect(value: object, way: Way | undefined, paths: string[]): void {
  const isList = Array.isArray(value);
  if (isList && value.every(isScalar)) {
    if (value.some(isLong)) paths.push(pathOf(way));
    return;
  }
  const keys = isList ? undefined : Object.keys(value);
  const inner: readonly unknown[] = isList ? value : Object.values(value);
  inner.forEach((one, index) => {
    if (isScalar(one) && !isLong(one)) return;
    const key = keys?.[index] ?? index;
    const own = { owner: way, key };
    if (isLong(one)) paths.push(pathOf(own));
    else collect(one as object, own, paths);
  });
}

function isScalar(value: unknown): boolean {
  return typeof value !== "object" || value === null;
}

function isLong(value: unknown): boolean {
  return typeof value === "number" &&
    Math.abs(value) > Number.MAX_SAFE_INTEGER;
}

function digitsAt(
  text: string,
  place: Slice,
): string | (string | null)[] | undefined {
  const elements = elementsAt(text, place);
  if (elements === undefined) return longInteger(text, place);
  const digits = elements.map((one) => longInteger(text, one) ?? null);
  return digits.some((one) => one !== null) ? digits : undefined;
}

const INTEGER = /^-?\d+$/;

function longInteger(text: string, { start, end }: Slice): string | undefined {
  const literal = text.slice(start, end);
  return INTEGER.test(literal) && isLong(Number(literal)) ? literal : undefined;
}
