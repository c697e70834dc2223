import {
  endOfString,
  endOfValue,
  keyAt,
  skipSpace,
  type Slice,
} from "./json/slices.ts";
import { onOneLine } from "./json/layout.ts";
import { coerceScalar } from "./model/coerce.ts";
import { sentAs } from "./model/run_types.ts";
import type { Elements, Holds, ObjectModel, Type } from "./model/types.ts";

/**
 * The document as HardPy's model dumps it: `rev` and `id` instead of `_rev` and
 * `_id`, missing defaults filled in, scalars in their field's own type, keys
 * in HardPy's order. Every value is copied from the text as it stands there,
 * so no digit is lost; keys that HardPy does not know stay, at the end of
 * their object.
 *
 * @param slice a run document that `JSON.parse` accepts, within `text`.
 * @param value the same, parsed.
 */
export function wireForm(
  text: string,
  slice: Slice,
  value: unknown = JSON.parse(text.slice(slice.start, slice.end)),
): string {
  return writeRun(text, slice.start, sentAs(value).holds).written;
}

/**
 * What becomes of a value, and where it ends: each is read once, whatever it is
 * in. The text only ever grows by what is added to it: the engine copies none
 * of it before the whole is used.
 */
interface Written {
  readonly written: string;
  readonly end: number;
}

function writeRun(text: string, start: number, run: ObjectModel): Written {
  const { members, end } = readMembers(text, start, run);
  // A tempstore document has both `rev` and `_rev`: the report's own counts.
  for (const { key, storedAs } of run.rows) {
    if (storedAs === undefined) continue;
    const member = members.get(storedAs);
    members.delete(storedAs);
    if (member !== undefined && !members.has(key)) members.set(key, member);
  }
  // HardPy's JSON storage has one value for both; its history files lack the revision.
  const id = members.get("id");
  if (id !== undefined && !members.has("rev")) members.set("rev", id);
  return { written: inOrder(members, run), end };
}

/** The members of the object that begins at `start`; of equal keys the last one counts. */
function readMembers(
  text: string,
  start: number,
  holds: ObjectModel | Elements,
): { members: Map<string, string>; end: number } {
  const members = new Map<string, string>();
  let at = skipSpace(text, start + 1);
  while (text.charAt(at) === '"') {
    const keyEnd = endOfString(text, at);
    const key = keyAt(text, { start: at, end: keyEnd });
    const from = skipSpace(text, skipSpace(text, keyEnd) + 1);
    const type = holds.kind === "object"
      ? holds.byKey.get(key)
      : holds.elements;
    const { written, end } = write(text, from, type?.holds);
    members.set(key, written);
    at = skipSpace(text, end);
    if (text.charAt(at) === ",") at = skipSpace(text, at + 1);
  }
  return { members, end: at + 1 };
}

/** As an object with the keys of its model first, defaults where they are missing. */
function inOrder(
  members: Map<string, string>,
  { rows, empty }: Pick<ObjectModel, "rows" | "empty">,
): string {
  // A small document can have very many of them.
  if (members.size === 0) return empty;
  let written = "{";
  for (const { key, prefix, default: missing } of rows) {
    const value = members.get(key) ?? missing;
    members.delete(key);
    if (value === undefined) continue;
    written += written === "{" ? prefix : `,${prefix}`;
    written += value;
  }
  for (const [key, value] of members) {
    written += `${written === "{" ? "" : ","}${JSON.stringify(key)}:`;
    written += value;
  }
  return `${written}}`;
}

/** A map of anything: in its own order. */
const NO_ORDER = { rows: [], empty: "{}" };

/** @param holds undefined for what no model knows. */
function write(text: string, start: number, holds: Holds | undefined): Written {
  const first = text.charAt(start);
  if (first === "{") return writeObject(text, start, holds);
  if (first === "[") return writeList(text, start, holds);
  const end = endOfValue(text, start);
  const literal = text.slice(start, end);
  const written = holds?.kind === "scalar"
    ? coerceScalar(holds.scalar, literal)
    : literal;
  return { written, end };
}

function writeObject(
  text: string,
  start: number,
  holds: Holds | undefined,
): Written {
  switch (holds?.kind) {
    case "object": {
      const { members, end } = readMembers(text, start, holds);
      return { written: inOrder(members, holds), end };
    }
    case "choice": {
      const source = text.slice(start, endOfValue(text, start));
      return writeObject(text, start, holds.sentBy(JSON.parse(source)));
    }
    case "map": {
      const { members, end } = readMembers(text, start, holds);
      return { written: inOrder(members, NO_ORDER), end };
    }
    default:
      return copied(text, start);
  }
}

function writeList(
  text: string,
  start: number,
  holds: Holds | undefined,
): Written {
  if (holds?.kind !== "list") return copied(text, start);
  const { elements } = holds;
  if (isOfNumbers(elements)) {
    const whole = copied(text, start);
    if (!NOT_A_NUMBER.test(whole.written)) return whole;
  }
  let list = "[";
  let at = skipSpace(text, start + 1);
  while (text.charAt(at) !== "]") {
    const { written, end } = write(text, at, elements.holds);
    if (list !== "[") list += ",";
    list += written;
    at = skipSpace(text, end);
    if (text.charAt(at) === ",") at = skipSpace(text, at + 1);
  }
  return { written: `${list}]`, end: at + 1 };
}

const NOT_A_NUMBER = /["tf]/;

/** A chart's axis: up to millions of numbers, which need no look unless one is none. */
function isOfNumbers({ holds }: Type): boolean {
  return holds.kind === "list"
    ? isOfNumbers(holds.elements)
    : holds.kind === "scalar" && holds.scalar === "number";
}

function copied(text: string, start: number): Written {
  const end = endOfValue(text, start);
  return { written: onOneLine(text.slice(start, end)), end };
}
