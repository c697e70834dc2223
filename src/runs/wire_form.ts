import {
  elementsOf,
  type Member,
  membersOf,
  type Slice,
} from "./json/slices.ts";
import { coerceScalar } from "./schema/coerce.ts";
import { generationOf } from "./schema/generation.ts";
import { heldAs } from "./schema/measurement_kind.ts";
import {
  currentShape,
  earlyShape,
  type Field,
  numericMeasurement,
  type Shape,
  stringMeasurement,
} from "./wire_shape.ts";

/**
 * The document as HardPy would send it: `rev` and `id` instead of `_rev` and
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
  const isCurrent = ["C", "D"].includes(generationOf(value));
  const members = renamed(membersOf(text, slice) ?? []);
  return object(text, members, isCurrent ? currentShape : earlyShape);
}

const STORED_NAMES = new Map([["_rev", "rev"], ["_id", "id"]]);

/** A tempstore document has both `rev` and `_rev`: the report's own counts. */
function renamed(members: readonly Member[]): Member[] {
  const keys = new Set(members.map(({ key }) => key));
  return members.flatMap((member) => {
    const key = STORED_NAMES.get(member.key);
    if (key === undefined) return [member];
    return keys.has(key) ? [] : [{ ...member, key }];
  });
}

function object(
  text: string,
  members: readonly Member[],
  shape: Shape,
): string {
  const byKey = new Map(members.map((member) => [member.key, member]));
  const parts: string[] = [];
  for (const [key, field] of Object.entries(shape)) {
    const member = byKey.get(key);
    byKey.delete(key);
    const written = member === undefined
      ? defaultOf(field)
      : write(text, member, field);
    if (written !== undefined) parts.push(`${JSON.stringify(key)}:${written}`);
  }
  for (const [key, member] of byKey) {
    parts.push(`${JSON.stringify(key)}:${copy(text, member)}`);
  }
  return `{${parts.join(",")}}`;
}

function defaultOf(field: Field): string | undefined {
  return field.holds === "object" && field.default === "{}" && field.shape
    ? object("", [], field.shape)
    : field.default;
}

function write(text: string, slice: Slice, field: Field): string {
  const first = text.charAt(slice.start);
  if (first === "{") return writeObject(text, slice, field);
  if (first === "[") return writeList(text, slice, field);
  const literal = copy(text, slice);
  return field.kind === undefined ? literal : coerceScalar(field.kind, literal);
}

function writeObject(text: string, slice: Slice, field: Field): string {
  const { holds, shape } = field;
  const members = () => membersOf(text, slice) ?? [];
  if (holds === "info") return map(text, members(), { kind: "info value" });
  if (holds === "map" && shape) {
    return map(text, members(), { holds: "object", shape });
  }
  if (holds === "object" && shape) return object(text, members(), shape);
  return copy(text, slice);
}

function writeList(text: string, slice: Slice, field: Field): string {
  const { holds, shape } = field;
  if (holds === "series") return series(text, slice);
  if (holds !== "list" && holds !== "measurements") return copy(text, slice);
  const written = (elementsOf(text, slice) ?? []).map((element) => {
    const inner = membersOf(text, element);
    if (inner === undefined) return copy(text, element);
    return object(text, inner, shape ?? measurementShape(text, element));
  });
  return `[${written.join(",")}]`;
}

function map(text: string, members: readonly Member[], field: Field): string {
  const parts = members.map((member) =>
    `${JSON.stringify(member.key)}:${write(text, member, field)}`
  );
  return `{${parts.join(",")}}`;
}

const NOT_A_NUMBER = /["tf]/;

/** A chart's axis: up to millions of numbers, which need no look unless one is none. */
function series(text: string, slice: Slice): string {
  const source = copy(text, slice);
  if (!NOT_A_NUMBER.test(source)) return source;
  const lists = (elementsOf(text, slice) ?? []).map((list) => {
    const numbers = elementsOf(text, list);
    if (numbers === undefined) return copy(text, list);
    const written = numbers.map((one) => write(text, one, { kind: "number" }));
    return `[${written.join(",")}]`;
  });
  return `[${lists.join(",")}]`;
}

function measurementShape(text: string, slice: Slice): Shape {
  return heldAs(JSON.parse(copy(text, slice))) === "string"
    ? stringMeasurement
    : numericMeasurement;
}

function copy(text: string, { start, end }: Slice): string {
  return text.slice(start, end);
}
