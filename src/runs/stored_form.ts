import type { Fields } from "./values.ts";

/**
 * In which of HardPy's places a document was stored: the current record of a
 * run, its history file (HardPy 0.24+), a report of JsonLoader or CouchdbLoader
 * (or the body of a POST), or the queue of reports that HardPy could not send.
 */
export type StoredForm = "record" | "history" | "report" | "tempstore";

/** Milliseconds since 1970, from 2001 to 2286. */
const MILLISECONDS = /^\d{13}$/;
/** What CouchdbLoader calls its documents: `report_<stop time>_<serial number>`. */
const REPORT = /^report_/;
/** What names an entry of the queue: CouchDB's own 32 hex digits, or a UUID. */
const QUEUE_ENTRY =
  /^(?:[\da-f]{32}|[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12})$/i;

/** Told by the names of the storage alone, in CouchDB and in JSON storage alike. */
export function storedFormOf(
  document: Fields,
): StoredForm {
  if (!Object.hasOwn(document, "_id")) return "report";
  // An entry of the queue has the revision of its run beside its own.
  if (Object.hasOwn(document, "rev")) return "tempstore";
  const id = String(document["_id"]);
  if (MILLISECONDS.test(id)) return "history";
  if (REPORT.test(id)) return "report";
  return QUEUE_ENTRY.test(id) ? "tempstore" : "record";
}

/** The same where only the path is known: versions before noted no form. */
export function formOfPath(path: string): StoredForm {
  if (/[\\/]runstore[\\/]\d{13}\.json/i.test(path)) return "history";
  if (/[\\/]runstore[\\/]/i.test(path)) return "record";
  return /[\\/]tempstore[\\/]/i.test(path) ? "tempstore" : "report";
}

const NULL_TIMES = ["/start_time", "/stop_time"];

/**
 * JSON Pointers of keys that HardPy's model asks for, and that a form lacks by
 * nature: a history file has no revision, and a POST leaves null times out.
 */
export function keysLeftOut(
  document: Fields,
): readonly string[] {
  const has = (key: string) => Object.hasOwn(document, key);
  if (storedFormOf(document) === "history") return ["/_rev"];
  const isPosted = has("rev") && has("id") && !has("_id") && !has("_rev");
  return isPosted ? NULL_TIMES : [];
}
