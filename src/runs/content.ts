import { type Fields, isEmpty, isObject } from "./values.ts";

const UNKNOWN = "unknown";

/** All of a wire form but the names of its storage. */
export function contentAsStored(wireForm: Fields): Fields {
  const { rev: _rev, id: _id, ...content } = wireForm;
  return content;
}

/**
 * The content of a wire form as HardPy 0.16 and later send it: missing names,
 * part numbers and the stand's name are filled, top-level nulls are left out.
 * HardPy's autosync stores one run filled and unfilled, so both are one content.
 */
export function contentAsSent(wireForm: Fields): Fields {
  const members = Object.entries(contentFilled(wireForm))
    .filter(([, value]) => value !== null);
  return Object.fromEntries(members);
}

/** The same with top-level nulls: as HardPy's queue stores it. */
export function contentFilled(wireForm: Fields): Fields {
  const members = Object.entries(contentAsStored(wireForm))
    .map(([key, value]) => [key, FILLED.get(key)?.(value) ?? value]);
  return Object.fromEntries(members);
}

const FILLED = new Map([["dut", filledDut], ["test_stand", filledStand]]);

function filledDut(dut: unknown): unknown {
  if (!isObject(dut)) return dut;
  return filledPart(
    filledParts(dut, "sub_units"),
    isEmpty,
  );
}

function filledStand(stand: unknown): unknown {
  if (!isObject(stand)) return stand;
  const filled = filledParts(stand, "instruments");
  return "name" in filled && isEmpty(filled["name"])
    ? { ...filled, name: UNKNOWN }
    : filled;
}

function filledParts(owner: Fields, key: string): Fields {
  const list = owner[key];
  if (!Array.isArray(list) || list.length === 0) return owner;
  const filled = list.map((one) =>
    isObject(one) ? filledPart(one, isFalsy) : one
  );
  return { ...owner, [key]: filled };
}

/** The wire form has every key that its generation knows: a missing one is not filled. */
function filledPart(
  part: Fields,
  isMissing: (number: unknown) => boolean,
): Fields {
  const number = isMissing(part["part_number"]) ? UNKNOWN : part["part_number"];
  const isNameless = "name" in part && isFalsy(part["name"]);
  if (number === part["part_number"] && !isNameless) return part;
  return {
    ...part,
    ...("part_number" in part && { "part_number": number }),
    ...(isNameless && { name: number }),
  };
}

/** What HardPy fills: null and the empty text. */
function isFalsy(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}
