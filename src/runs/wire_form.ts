import {
  elementsOf,
  endOfString,
  endOfValue,
  keyAt,
  skipSpace,
  type Slice,
} from "./json/slices.ts";
import { onOneLine } from "./json/layout.ts";
import { coerceScalar } from "./schema/coerce.ts";
import {
  type Field,
  measurementShapeOf,
  perShape,
  type Shape,
  shapeOf,
} from "./wire_shape.ts";

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
  const shape = shapeOf(value);
  return writeRun(text, slice.start, shape).written;
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

const STORED_NAMES = new Map([["_rev", "rev"], ["_id", "id"]]);

function writeRun(text: string, start: number, shape: Shape): Written {
  const { members, end } = readMembers(text, start, fieldsOf(shape));
  // A tempstore document has both `rev` and `_rev`: the report's own counts.
  for (const [stored, name] of STORED_NAMES) {
    const member = members.get(stored);
    members.delete(stored);
    if (member !== undefined && !members.has(name)) members.set(name, member);
  }
  // HardPy's JSON storage has one value for both; its history files lack the revision.
  const id = members.get("id");
  if (id !== undefined && !members.has("rev")) members.set("rev", id);
  return { written: inOrder(members, shape), end };
}

/** The members of the object that begins at `start`; of equal keys the last one counts. */
function readMembers(
  text: string,
  start: number,
  fields: ReadonlyMap<string, Field> | Field,
): { members: Map<string, string>; end: number } {
  const members = new Map<string, string>();
  let at = skipSpace(text, start + 1);
  while (text.charAt(at) === '"') {
    const keyEnd = endOfString(text, at);
    const key = keyAt(text, { start: at, end: keyEnd });
    const from = skipSpace(text, skipSpace(text, keyEnd) + 1);
    const field = fields instanceof Map ? fields.get(key) ?? FREE : fields;
    const { written, end } = write(text, from, field as Field);
    members.set(key, written);
    at = skipSpace(text, end);
    if (text.charAt(at) === ",") at = skipSpace(text, at + 1);
  }
  return { members, end: at + 1 };
}

/** An object of which nothing is given: a small document can have very many. */
const emptyOf = perShape((shape) => joined(new Map(), shape));

/** As an object with the keys of its shape first, defaults where they are missing. */
function inOrder(members: Map<string, string>, shape: Shape): string {
  return members.size === 0 ? emptyOf(shape) : joined(members, shape);
}

function joined(members: Map<string, string>, shape: Shape): string {
  let written = "{";
  for (const { key, prefix, missing } of ordered(shape)) {
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
const NO_ORDER: Shape = {};
/** A field that no shape knows. */
const FREE: Field = {};

const fieldsOf = perShape((shape): ReadonlyMap<string, Field> =>
  new Map(Object.entries(shape))
);

/** A key of a shape, ready to be written. */
interface OrderedKey {
  readonly key: string;
  readonly prefix: string;
  /** What is written where it is missing. */
  readonly missing: string | undefined;
}

const ordered = perShape((shape): readonly OrderedKey[] =>
  Object.entries(shape).map(([key, field]) => ({
    key,
    prefix: `${JSON.stringify(key)}:`,
    missing: defaultOf(field),
  }))
);

function defaultOf(field: Field): string | undefined {
  return field.holds === "object" && field.default === "{}" && field.shape
    ? inOrder(new Map(), field.shape)
    : field.default;
}

function write(text: string, start: number, field: Field): Written {
  const first = text.charAt(start);
  if (first === "{") return writeObject(text, start, field);
  if (first === "[") return writeList(text, start, field);
  const end = endOfValue(text, start);
  const literal = text.slice(start, end);
  const { kind } = field;
  return {
    written: kind === undefined ? literal : coerceScalar(kind, literal),
    end,
  };
}

function writeObject(text: string, start: number, field: Field): Written {
  const { holds, shape } = field;
  if (holds === "info") return writeMap(text, start, { kind: "info value" });
  if (holds === "map" && shape) {
    return writeMap(text, start, { holds: "object", shape });
  }
  return holds === "object" && shape
    ? writeShaped(text, start, shape)
    : copied(text, start);
}

function writeShaped(text: string, start: number, shape: Shape): Written {
  const { members, end } = readMembers(text, start, fieldsOf(shape));
  return { written: inOrder(members, shape), end };
}

function writeMap(text: string, start: number, field: Field): Written {
  const { members, end } = readMembers(text, start, field);
  return { written: inOrder(members, NO_ORDER), end };
}

function writeList(text: string, start: number, field: Field): Written {
  const { holds, shape } = field;
  if (holds === "series") return writeSeries(text, start);
  if (holds !== "list" && holds !== "measurements") return copied(text, start);
  let list = "[";
  let at = skipSpace(text, start + 1);
  while (text.charAt(at) !== "]") {
    const { written, end } = text.charAt(at) === "{"
      ? writeShaped(text, at, shape ?? measurementShape(text, at))
      : copied(text, at);
    if (list !== "[") list += ",";
    list += written;
    at = skipSpace(text, end);
    if (text.charAt(at) === ",") at = skipSpace(text, at + 1);
  }
  return { written: `${list}]`, end: at + 1 };
}

const NOT_A_NUMBER = /["tf]/;

/** A chart's axis: up to millions of numbers, which need no look unless one is none. */
function writeSeries(text: string, start: number): Written {
  const end = endOfValue(text, start);
  const source = text.slice(start, end);
  if (!NOT_A_NUMBER.test(source)) return { written: onOneLine(source), end };
  const lists = (elementsOf(text, { start, end }) ?? []).map((list) => {
    const numbers = elementsOf(text, list);
    if (numbers === undefined) return text.slice(list.start, list.end);
    const parts = numbers.map((one) =>
      write(text, one.start, { kind: "number" }).written
    );
    return `[${parts.join(",")}]`;
  });
  return { written: `[${lists.join(",")}]`, end };
}

function measurementShape(text: string, start: number): Shape {
  const source = text.slice(start, endOfValue(text, start));
  return measurementShapeOf(JSON.parse(source));
}

function copied(text: string, start: number): Written {
  const end = endOfValue(text, start);
  return { written: onOneLine(text.slice(start, end)), end };
}
