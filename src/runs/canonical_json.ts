import { onOneLine } from "./json/layout.ts";
import { offsetsOf } from "./json/offsets.ts";
import { pointerOf } from "./json/pointer.ts";
import { elementsOf, rootOf, type Slice } from "./json/slices.ts";

/**
 * What the runtime has and TypeScript's library does not know yet: JSON text
 * that `stringify` copies.
 */
const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown };

/**
 * One text for all JSON texts of the same content; `digestOf` describes it.
 *
 * @param without keys of the outermost object that are no content.
 * @param value the same, parsed, where somebody has it.
 * @throws `RangeError` when it is nested too deep.
 */
export function canonicalJson(
  text: string,
  without: readonly string[],
  value: object = JSON.parse(text),
): string {
  const content: Record<string, unknown> = { ...value };
  for (const key of without) delete content[key];
  const plain = sortPlain(content);
  if (plain !== undefined) return JSON.stringify(plain);
  const holders: Holder[] = [];
  const sorted = sort(content, { parent: undefined, key: "" }, holders);
  // A search in a laid out text guesses where values end.
  keepDigits(onOneLine(text), holders);
  return JSON.stringify(sorted);
}

/** A copy with its keys sorted; undefined when it holds a number whose digits have to be kept. */
function sortPlain(value: unknown): unknown {
  if (typeof value !== "object" || value === null) {
    return isLong(value) ? undefined : value;
  }
  if (Array.isArray(value)) {
    const copy = value.every(isScalar) ? value : value.map(sortPlain);
    return copy.some((one) => one === undefined || isLong(one))
      ? undefined
      : copy;
  }
  const copy = emptyLike(value);
  for (const key of Object.keys(value).sort()) {
    const inner = sortPlain((value as Copy)[key]);
    if (inner === undefined) return undefined;
    copy[key] = inner;
  }
  return copy;
}

/** Without a prototype only where a key named __proto__ is to be a key like any other: that costs time. */
function emptyLike(value: object): Copy {
  return Object.hasOwn(value, "__proto__") ? Object.create(null) : {};
}

/** The way to a value. */
interface Way {
  readonly parent: Way | undefined;
  readonly key: string | number;
}

type Copy = Record<string | number, unknown>;

/** A copy that holds a number beyond 2^53. */
interface Holder {
  readonly copy: Copy;
  /** To the number, or to the list if all of it are numbers, texts and the like. */
  readonly way: Way;
}

/** A copy with its keys sorted; what needs no sorting is not copied. */
function sort(value: unknown, way: Way, holders: Holder[]): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value) && value.every(isScalar)) {
    if (value.some(isLong)) {
      holders.push({ copy: value as unknown as Copy, way });
    }
    return value;
  }
  const copy = Array.isArray(value) ? [] as unknown as Copy : emptyLike(value);
  for (const key of keysOf(value)) {
    const inner = (value as Copy)[key];
    const innerWay = { parent: way, key };
    copy[key] = sort(inner, innerWay, holders);
    if (isLong(inner)) holders.push({ copy, way: innerWay });
  }
  return copy;
}

function keysOf(value: object): Iterable<string | number> {
  return Array.isArray(value) ? value.keys() : Object.keys(value).sort();
}

function isScalar(value: unknown): boolean {
  return typeof value !== "object" || value === null;
}

function isLong(value: unknown): boolean {
  return typeof value === "number" &&
    Math.abs(value) > Number.MAX_SAFE_INTEGER;
}

/** An integer beyond 2^53 would lose its last digits, and two runs their difference. */
function keepDigits(text: string, holders: readonly Holder[]): void {
  if (holders.length === 0) return;
  const byPath = new Map(holders.map((one) => [pathOf(one.way), one]));
  const offsets = offsetsOf({ text, root: rootOf(text) }, [...byPath.keys()]);
  for (const [path, { copy, way }] of byPath) {
    const place = rootOf(text, offsets.get(path));
    const elements = elementsOf(text, place);
    if (elements === undefined) keep(text, place, { copy, key: way.key });
    else {
      elements.forEach((element, key) => keep(text, element, { copy, key }));
    }
  }
}

const INTEGER = /^-?\d+$/;

function keep(
  text: string,
  { start, end }: Slice,
  { copy, key }: { copy: Copy; key: string | number },
): void {
  if (!isLong(copy[key])) return;
  const literal = text.slice(start, end);
  if (INTEGER.test(literal)) copy[key] = rawJSON(literal);
}

function pathOf(way: Way): string {
  const keys: (string | number)[] = [];
  for (let at = way; at.parent !== undefined; at = at.parent) keys.push(at.key);
  return pointerOf(keys.reverse());
}
