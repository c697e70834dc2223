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

export interface Member extends Slice {
  readonly key: string;
}

/** The members of an object, in order; undefined when the value is no object. */
export function membersOf(text: string, value: Slice): Member[] | undefined {
  if (text.charAt(value.start) !== "{") return undefined;
  const members: Member[] = [];
  let offset = skipSpace(text, value.start + 1);
  while (text.charAt(offset) === '"') {
    const keyEnd = endOfString(text, offset);
    const key: string = JSON.parse(text.slice(offset, keyEnd));
    const start = skipSpace(text, skipSpace(text, keyEnd) + 1);
    const end = endOfValue(text, start);
    members.push({ key, start, end });
    offset = skipSpace(text, skipSpace(text, end) + 1);
  }
  return members;
}

/** The elements of an array, in order; undefined when the value is no array. */
export function elementsOf(text: string, value: Slice): Slice[] | undefined {
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
const STRUCTURE = /["{}[\]]/g;

function skipSpace(text: string, offset: number): number {
  SPACE.lastIndex = offset;
  SPACE.test(text);
  return SPACE.lastIndex;
}

function endOfValue(text: string, start: number): number {
  const first = text.charAt(start);
  if (first === '"') return endOfString(text, start);
  if (first === "{" || first === "[") return endOfContainer(text, start);
  SCALAR_END.lastIndex = start;
  SCALAR_END.test(text);
  return SCALAR_END.lastIndex;
}

function endOfContainer(text: string, start: number): number {
  let depth = 0;
  STRUCTURE.lastIndex = start;
  for (
    let found = STRUCTURE.exec(text);
    found !== null;
    found = STRUCTURE.exec(text)
  ) {
    const [character] = found;
    if (character === '"') {
      STRUCTURE.lastIndex = endOfString(text, found.index);
    } else if (character === "{" || character === "[") {
      depth++;
    } else if (--depth === 0) {
      return found.index + 1;
    }
  }
  return text.length;
}

/** Just behind the closing quote of the string that begins at `start`. */
export function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end === -1 ? text.length : end + 1;
}

/** An odd number of backslashes before a quote makes it part of the string. */
function isEscaped(text: string, quote: number): boolean {
  let offset = quote;
  while (text.charCodeAt(offset - 1) === 0x5c) offset--;
  return (quote - offset) % 2 === 1;
}
