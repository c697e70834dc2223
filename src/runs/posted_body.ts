import {
  elementsAt,
  type EndOf,
  endOfValue,
  type Member,
  membersAt,
  type Slice,
} from "./json/slices.ts";

const UNKNOWN_TEXT = '"unknown"';

export interface BodyOptions {
  /** Put "unknown" where the DUT's part number or the test stand's name is missing. */
  readonly fillUnknown: boolean;
  /** Of the document, in its order, where they are known. */
  readonly keys?: readonly string[] | undefined;
}

interface Edit extends Slice {
  readonly text: string;
}

/**
 * The body of the POST, as HardPy 0.16 and later send it. The part number and
 * the name of a sub unit or an instrument, and the name of the DUT, are filled.
 * Top-level keys whose value is null are left out: HardPy's HTTP client drops
 * them (seen with 0.10.1 to 0.25.2). Everything else stays letter by letter.
 *
 * @param wire a document as `wireForm` gives it.
 */
export function postedBody(wire: string, options: BodyOptions): string {
  const root = { start: 0, end: wire.length };
  const endOf: EndOf = (text, start, key) =>
    key === LONGEST
      ? endOfLongest(wire, options.keys) ?? endOfValue(text, start)
      : endOfValue(text, start);
  const members = membersAt(wire, root, endOf) ?? [];
  const written = members
    .filter((member) => !isNullAt(wire, member))
    .map((member) => writtenMember(wire, member, options));
  return `{${written.join(",")}}`;
}

/** Holds most of the text. */
const LONGEST = "modules";

/**
 * Where `modules` ends, found from the end of the text, without reading it: what
 * begins with the next key is the rest of the document if it is JSON with all of
 * the keys that are left.
 */
function endOfLongest(
  wire: string,
  keys: readonly string[] = [],
): number | undefined {
  const left = keys.slice(keys.indexOf(LONGEST) + 1);
  const end = wire.lastIndexOf(`,${JSON.stringify(left[0])}:`);
  if (end <= 0 || wire.charCodeAt(end - 1) <= SPACE) return undefined;
  try {
    const found = Object.keys(JSON.parse(`{${wire.slice(end + 1)}`));
    const isRest = found.length === left.length &&
      found.every((key, index) => key === left[index]);
    return isRest ? end : undefined;
  } catch {
    return undefined;
  }
}

const SPACE = 0x20;

function writtenMember(
  wire: string,
  member: Member,
  options: BodyOptions,
): string {
  const { keyStart: start, end } = member;
  const edits = member.key === "dut"
    ? editsOfDut(wire, member, options)
    : member.key === "test_stand"
    ? editsOfStand(wire, member, options)
    : [];
  return applied(wire, { start, end }, edits);
}

function editsOfDut(
  wire: string,
  dut: Slice,
  { fillUnknown }: BodyOptions,
): Edit[] {
  const fields = byKey(membersAt(wire, dut));
  const number = fields.get("part_number");
  const filled = fillUnknown ? fill(wire, number, isBlankAt, UNKNOWN_TEXT) : [];
  return [
    ...filled,
    ...nameEdits(wire, fields, filled[0]?.text),
    ...partEdits(wire, fields.get("sub_units")),
  ];
}

function editsOfStand(
  wire: string,
  stand: Slice,
  { fillUnknown }: BodyOptions,
): Edit[] {
  const fields = byKey(membersAt(wire, stand));
  return [
    ...(fillUnknown
      ? fill(wire, fields.get("name"), isBlankAt, UNKNOWN_TEXT)
      : []),
    ...partEdits(wire, fields.get("instruments")),
  ];
}

/** Of sub units or instruments. */
function partEdits(wire: string, list: Member | undefined): Edit[] {
  const elements = list === undefined ? [] : elementsAt(wire, list) ?? [];
  return elements.flatMap((element) => {
    const fields = byKey(membersAt(wire, element));
    const filled = fill(
      wire,
      fields.get("part_number"),
      isFalsyAt,
      UNKNOWN_TEXT,
    );
    return [...filled, ...nameEdits(wire, fields, filled[0]?.text)];
  });
}

/** A missing name is the part number, as it stands or as it is filled. */
function nameEdits(
  wire: string,
  fields: ReadonlyMap<string, Member>,
  filledNumber: string | undefined,
): Edit[] {
  const number = fields.get("part_number");
  const hasNumber = number !== undefined && !isFalsyAt(wire, number);
  const text = filledNumber ??
    (hasNumber ? wire.slice(number.start, number.end) : UNKNOWN_TEXT);
  return fill(wire, fields.get("name"), isFalsyAt, text);
}

/** The wire form has every key that its generation knows: a missing one has nothing to fill. */
function fill(
  wire: string,
  member: Member | undefined,
  isMissing: (wire: string, value: Slice) => boolean,
  text: string,
): Edit[] {
  return member !== undefined && isMissing(wire, member)
    ? [{ start: member.start, end: member.end, text }]
    : [];
}

function isNullAt(wire: string, { start }: Slice): boolean {
  return wire.startsWith("null", start);
}

/** What HardPy fills: null and the empty text. */
function isFalsyAt(wire: string, value: Slice): boolean {
  return isNullAt(wire, value) || wire.slice(value.start, value.end) === '""';
}

/** A text without a visible character is as little use to StandCloud as none. */
function isBlankAt(wire: string, value: Slice): boolean {
  const text = wire.slice(value.start, value.end);
  return text === "null" ||
    text.startsWith('"') && JSON.parse(text).trim() === "";
}

function byKey(members: readonly Member[] = []): Map<string, Member> {
  return new Map(members.map((member) => [member.key, member]));
}

function applied(
  wire: string,
  { start, end }: Slice,
  edits: readonly Edit[],
): string {
  let text = "";
  let at = start;
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    text += wire.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return text + wire.slice(at, end);
}
