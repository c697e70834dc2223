import { elementsOf, type Member, membersOf, rootOf } from "./json/slices.ts";

const UNKNOWN = '"unknown"';

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * A document in wire form with "unknown" where the DUT's part number or the
 * test stand's name is missing, and the part number where the name of the DUT,
 * of a sub unit or of an instrument is: what HardPy 0.16 and later send.
 * Everything else stays as it is, letter by letter.
 */
export function fillUnknown(wire: string): string {
  const top = byKey(membersOf(wire, rootOf(wire)));
  const stand = byKey(memberOf(wire, top, "test_stand"));
  const dut = byKey(memberOf(wire, top, "dut"));
  const edits = [
    ...fill(wire, stand.get("name"), UNKNOWN),
    ...fillPart(wire, dut),
    ...parts(wire, dut.get("sub_units")),
    ...parts(wire, stand.get("instruments")),
  ];
  return applied(wire, edits);
}

function parts(wire: string, list: Member | undefined): Edit[] {
  const elements = list === undefined ? [] : elementsOf(wire, list) ?? [];
  return elements.flatMap((element) =>
    fillPart(wire, byKey(membersOf(wire, element)))
  );
}

function fillPart(wire: string, part: ReadonlyMap<string, Member>): Edit[] {
  const number = part.get("part_number");
  const value = number === undefined || isFalsy(wire, number)
    ? UNKNOWN
    : wire.slice(number.start, number.end);
  return [
    ...fill(wire, number, UNKNOWN),
    ...fill(wire, part.get("name"), value),
  ];
}

/** The wire form has every key that its generation knows: a missing one has no name to fill. */
function fill(
  wire: string,
  member: Member | undefined,
  text: string,
): Edit[] {
  return member !== undefined && isFalsy(wire, member)
    ? [{ start: member.start, end: member.end, text }]
    : [];
}

/** Also a text without a visible character, which StandCloud could do as little with. */
function isFalsy(wire: string, { start, end }: Member): boolean {
  const value = wire.slice(start, end);
  return value === "null" ||
    value.startsWith('"') && JSON.parse(value).trim() === "";
}

function byKey(members: readonly Member[] = []): Map<string, Member> {
  return new Map(members.map((member) => [member.key, member]));
}

function memberOf(
  wire: string,
  members: ReadonlyMap<string, Member>,
  key: string,
): Member[] | undefined {
  const member = members.get(key);
  return member && membersOf(wire, member);
}

function applied(wire: string, edits: readonly Edit[]): string {
  let filled = "";
  let at = 0;
  for (
    const { start, end, text } of edits.toSorted((a, b) => a.start - b.start)
  ) {
    filled += wire.slice(at, start) + text;
    at = end;
  }
  return filled + wire.slice(at);
}
