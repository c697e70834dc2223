import { type Key, pointer } from "../json/pointer.ts";
import type { JsonType, Refusal } from "../model/types.ts";

/** Where a document departs from what HardPy's own model takes. */
export interface SchemaProblem {
  /** JSON Pointer (RFC 6901); of a missing key, the place where it should be. */
  readonly path: string;
  /** One sentence that names what is expected and what was found. */
  readonly message: string;
  readonly kind: "missing" | "unknown-key" | "wrong-type" | "wrong-value";
}

/** A place in the document, as a chain so that going on costs next to nothing. */
export interface Place {
  readonly parent: Place | undefined;
  readonly key: Key;
  /** Its JSON Pointer, once somebody asked for it. */
  pointer?: string;
}

export function missing(
  name: string,
  { expected }: Refusal,
  place: Place,
): SchemaProblem {
  return {
    path: pathTo(place),
    message: `The ${name} has no "${place.key}", which must be ${expected}`,
    kind: "missing",
  };
}

export function unknownKey(name: string, place: Place): SchemaProblem {
  return {
    path: pathTo(place),
    message: `${beginningOf(String(place.key))} is not a key of a ${name}`,
    kind: "unknown-key",
  };
}

export function wrong(
  { expected, types }: Refusal,
  value: unknown,
  place: Place | undefined,
): SchemaProblem {
  const subject = place === undefined ? "The run document" : nameOf(place);
  return {
    path: pathTo(place),
    message: `${subject} must be ${expected}, but it is ${shown(value)}`,
    kind: types.includes(jsonTypeOf(value)) ? "wrong-value" : "wrong-type",
  };
}

function nameOf(place: Place): string {
  return nameInside(place).replace(/^item/, "Item");
}

function nameInside({ parent, key }: Place): string {
  if (typeof key === "string") return beginningOf(key);
  const owner = parent === undefined ? "the list" : nameInside(parent);
  return `item ${key + 1} of ${owner}`;
}

function pathTo(place: Place | undefined): string {
  if (place === undefined) return "";
  place.pointer ??= pathTo(place.parent) + pointer(place.key);
  return place.pointer;
}

function jsonTypeOf(value: unknown): JsonType {
  if (value === null) return "null";
  return Array.isArray(value) ? "list" : typeof value as JsonType;
}

function shown(value: unknown): string {
  switch (jsonTypeOf(value)) {
    case "string":
      return `the text ${beginningOf(value as string)}`;
    case "number":
      return `the number ${value}`;
    case "list":
      return "a list";
    case "object":
      return "an object";
    default:
      return String(value);
  }
}

const SHOWN_CHARACTERS = 40;

/** The beginning of a text, cut between characters, with its control characters as escapes. */
function beginningOf(text: string): string {
  if (text.length <= SHOWN_CHARACTERS) return JSON.stringify(text);
  const beginning = text.slice(0, SHOWN_CHARACTERS).replace(
    /[\ud800-\udbff]$/,
    "",
  );
  return JSON.stringify(`${beginning}…`);
}
