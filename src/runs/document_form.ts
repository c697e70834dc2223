/** How HardPy stored the document (JsonLoader, CouchDB, JSON storage). */
export type DocumentForm = "wire" | "stored";

/** What a JSON value is, seen from StandCloud. */
export type Recognised =
  | { readonly form: DocumentForm }
  | { readonly reason: string };

/** Keys that only the state of a running test has (HardPy's statestore). */
const STATE_KEYS = ["progress", "operator_data", "operator_msg", "alert"];

/**
 * Recognises a run document by its shape, never by its file name: the wire
 * form has `rev` and `id`; what a HardPy storage holds has `_id`.
 */
export function recogniseForm(value: unknown): Recognised {
  if (Array.isArray(value)) {
    return { reason: "it is a list; each run belongs in a file of its own" };
  }
  if (typeof value !== "object" || value === null) {
    return { reason: "it is a single value, not an object" };
  }
  if (STATE_KEYS.some((key) => Object.hasOwn(value, key))) {
    return {
      reason:
        "it is a statestore document, the state of a running test; its result is in the runstore folder",
    };
  }
  if (!Object.hasOwn(value, "modules") && !Object.hasOwn(value, "test_stand")) {
    return { reason: 'it has neither "modules" nor "test_stand"' };
  }
  return { form: Object.hasOwn(value, "_id") ? "stored" : "wire" };
}
