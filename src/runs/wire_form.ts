import {
  elementsOf,
  type Member,
  membersOf,
  type Slice,
} from "./json/slices.ts";
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
 * `_id`, missing defaults filled in, keys in HardPy's order. Every value is
 * copied from the text as it stands there, so no digit is lost; keys that
 * HardPy does not know stay, at the end of their object.
 *
 * @param slice a run document that `JSON.parse` accepts, within `text`.
 */
export function wireForm(text: string, slice: Slice): string {
  const members = (membersOf(text, slice) ?? []).map(renamed);
  const source = text.slice(slice.start, slice.end);
  return object(text, withoutDuplicates(members), shapeOf(source, members));
}

const STORED_NAMES: Record<string, string> = { _rev: "rev", _id: "id" };

function renamed(member: Member): Member {
  return { ...member, key: STORED_NAMES[member.key] ?? member.key };
}

/** A tempstore document has both `rev` and `_rev`: the first of the two is the report's own. */
function withoutDuplicates(members: Member[]): Member[] {
  const seen = new Set<string>();
  return members.filter(({ key }) => {
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew || !["rev", "id"].includes(key);
  });
}

/** `process` came with HardPy 0.15; a run stored by 0.23 may lack it, but has groups. */
function shapeOf(source: string, members: readonly Member[]): Shape {
  const isCurrent = members.some(({ key }) => key === "process") ||
    /"group"\s*:/.test(source);
  return isCurrent ? currentShape : earlyShape;
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
      : value(text, member, field);
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

function value(text: string, slice: Slice, field: Field): string {
  const { holds, shape } = field;
  const members = membersOf(text, slice);
  if (members !== undefined) {
    if (holds === "info") return info(text, members);
    if (holds === "object" && shape) return object(text, members, shape);
    if (holds === "map" && shape) return map(text, members, shape);
    return copy(text, slice);
  }
  const elements = holds === "list" || holds === "measurements"
    ? elementsOf(text, slice)
    : undefined;
  if (elements === undefined) return copy(text, slice);
  const written = elements.map((element) => {
    const inner = membersOf(text, element);
    if (inner === undefined) return copy(text, element);
    return object(text, inner, shape ?? measurementShape(text, inner));
  });
  return `[${written.join(",")}]`;
}

function map(text: string, members: readonly Member[], shape: Shape): string {
  const parts = members.map((member) => {
    const inner = membersOf(text, member);
    const written = inner ? object(text, inner, shape) : copy(text, member);
    return `${JSON.stringify(member.key)}:${written}`;
  });
  return `{${parts.join(",")}}`;
}

const NUMBERS: Record<string, string> = { true: "1", false: "0" };

function info(text: string, members: readonly Member[]): string {
  const parts = members.map((member) => {
    const written = copy(text, member);
    return `${JSON.stringify(member.key)}:${NUMBERS[written] ?? written}`;
  });
  return `{${parts.join(",")}}`;
}

/** HardPy tells the two kinds apart by the value, not by `type`. */
function measurementShape(text: string, members: readonly Member[]): Shape {
  const found = members.find(({ key }) => key === "value");
  return found !== undefined && text.charAt(found.start) === '"'
    ? stringMeasurement
    : numericMeasurement;
}

function copy(text: string, { start, end }: Slice): string {
  return text.slice(start, end);
}
