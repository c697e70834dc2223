/**
 * A value as it stands in a JSON text. Working on slices of the text instead
 * of parsed values keeps every digit of every number, every escape of every
 * string and the key order of every object as they are in the file.
 * All functions take a text that `JSON.parse` accepts.
 */
export interface Slice {
  readonly start: number;
  readonly end: number;
}

/** Where the value of a key ends that begins at `start`. */
export type EndOf = (text: string, start: number, key: string) => number;

export interface Member extends Slice {
  readonly key: string;
  /** Where the key begins, with its quote. */
  readonly keyStart: number;
}

/**
 * The members of an object, in order; undefined when the value is no object.
 *
 * @param endOf for a caller that knows where a long value ends.
 */
export function membersAt(
  text: string,
  value: Slice,
  endOf: EndOf = endOfValue,
): Member[] | undefined {
  if (text.charAt(value.start) !== "{") return undefined;
  const members: Member[] = [];
  let offset = skipSpace(text, value.start + 1);
  while (text.charAt(offset) === '"') {
    const keyEnd = endOfString(text, offset);
    const key = keyAt(text, { start: offset, end: keyEnd });
    const start = skipSpace(text, skipSpace(text, keyEnd) + 1);
    const end = endOf(text, start, key);
    members.push({ key, keyStart: offset, start, end });
    offset = skipSpace(text, skipSpace(text, end) + 1);
  }
  return members;
}

/** The value of one key of an object, the first if there are several. */
export function memberAt(
  text: string,
  value: Slice,
  key: string,
): Member | undefined {
  return membersAt(text, value)?.find((member) => member.key === key);
}

/** The elements of an array, in order; undefined when the value is no array. */
export function elementsAt(text: string, value: Slice): Slice[] | undefined {
  if (text.charAt(value.start) !== "[") return undefined;
  const elements: Slice[] = [];
  let offset = skipSpace(text, value.start + 1);
  while (offset < value.end - 1) {
    const end = endOfValue(text, offset);
    elements.push({ start: offset, end });
    offset = skipSpace(text, skipSpace(text, end) + 1);
  }
  return elements;
}

/** The document that begins at `offset`, without the space before it. */
export function rootOf(text: string, offset = 0): Slice {
  const start = skipSpace(text, offset);
  return { start, end: endOfValue(text, start) };
}

const SPACE = /[ \t\r\n]*/y;
const SCALAR_END = /[^,\]} \t\r\n]*/y;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** Brackets of objects; those of lists differ from them in this bit alone. */
const OPEN = 0x7b;
const CLOSE = 0x7d;
const OBJECT_BIT = 0x20;

export function skipSpace(text: string, offset: number): number {
  if (text.charCodeAt(offset) > 0x20) return offset;
  SPACE.lastIndex = offset;
  SPACE.test(text);
  return SPACE.lastIndex;
}

export function endOfValue(text: string, start: number): number {
  const first = text.charAt(start);
  if (first === '"') return endOfString(text, start);
  if (first === "{" || first === "[") return endOfContainer(text, start);
  SCALAR_END.lastIndex = start;
  SCALAR_END.test(text);
  return SCALAR_END.lastIndex;
}

/** Character by character: several times faster than a pattern for what it looks for. */
function endOfContainer(text: string, start: number): number {
  const { length } = text;
  let depth = 0;
  for (let at = start; at < length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = text.indexOf('"', at + 1);
      // Here, since most strings are short: a call for each takes as long as reading it.
      while (text.charCodeAt(at - 1) === BACKSLASH && isEscaped(text, at)) {
        at = text.indexOf('"', at + 1);
      }
      if (at === -1) return length;
      continue;
    }
    const bracket = code | OBJECT_BIT;
    if (bracket === OPEN) depth++;
    else if (bracket === CLOSE && --depth === 0) return at + 1;
  }
  return length;
}

/** Just behind the closing quote of the string that begins at `start`. */
export function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end === -1 ? text.length : end + 1;
}

/** The text of the string that stands at a slice, quotes included. */
export function keyAt(text: string, { start, end }: Slice): string {
  const inside = text.slice(start + 1, end - 1);
  return inside.includes("\\") ? JSON.parse(text.slice(start, end)) : inside;
}

/** An odd number of backslashes before a quote makes it part of the string. */
function isEscaped(text: string, quote: number): boolean {
  let offset = quote;
  while (text.charCodeAt(offset - 1) === BACKSLASH) offset--;
  return (quote - offset) % 2 === 1;
}
