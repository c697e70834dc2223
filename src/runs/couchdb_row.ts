import { memberAt, rootOf, type Slice } from "./json/slices.ts";
import { type Fields, isObject } from "./values.ts";

/** A value and where it stands in the text. */
export interface Entry {
  readonly slice: Slice;
  readonly value: unknown;
  /** CouchDB lists it among others. */
  readonly isListed: boolean;
}

/**
 * The document that an entry is, or that is in it: rows of `_all_docs` and
 * `_changes` have it under `doc`. Undefined for what CouchDB says of its own.
 */
export function documentOf(text: string, entry: Entry): Entry | undefined {
  const { slice, value } = entry;
  if (isEndOfFeed(value)) return undefined;
  if (!entry.isListed && !isRow(value)) return entry;
  if (isOfCouchdb(value)) return undefined;
  const document = isRow(value) ? value["doc"] : undefined;
  if (!isObject(document)) return { slice, value, isListed: true };
  if (isOfCouchdb(document)) return undefined;
  const at = memberAt(text, rootOf(text, slice.start), "doc") ?? slice;
  return { slice: at, value: document, isListed: true };
}

function isRow(value: unknown): value is Fields {
  return isObject(value) && typeof value["id"] === "string" &&
    ["doc", "changes", "value"].some((key) => Object.hasOwn(value, key)) &&
    !Object.hasOwn(value, "modules");
}

/** The last line of a continuous feed tells where to go on. */
function isEndOfFeed(value: unknown): boolean {
  return isObject(value) && Object.hasOwn(value, "last_seq") &&
    !Object.hasOwn(value, "modules");
}

/** A deletion or a design document, as a document or as the row about it. */
function isOfCouchdb(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { _id: name = value["id"], deleted = value["_deleted"] } = value;
  return deleted === true ||
    isObject(value["value"]) && value["value"]["deleted"] === true ||
    typeof name === "string" && name.startsWith("_design/");
}
