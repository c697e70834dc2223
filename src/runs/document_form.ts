import { type Fields, isObject } from "./values.ts";

/** Whether a JSON value is a run document, seen from StandCloud. */
export type Recognised =
  | { readonly document: Fields }
  | { readonly reason: string; readonly isState?: true };

/** Keys that only the state of a running test has (HardPy's statestore). */
const STATE_KEYS = ["progress", "operator_data", "operator_msg", "alert"];

/** Recognises a run document by its shape, never by its file name. */
export function recogniseForm(value: unknown): Recognised {
  if (Array.isArray(value)) {
    return {
      reason: "it is a list; each run belongs in a file or a line of its own",
    };
  }
  if (!isObject(value)) {
    return { reason: "it is a single value, not an object" };
  }
  const has = (key: string) => Object.hasOwn(value, key);
  if (STATE_KEYS.some(has)) {
    return {
      isState: true,
      reason:
        "it is a statestore document, the state of a running test; its result is in the runstore folder",
    };
  }
  if (has("id") && (has("key") && has("value") || has("changes"))) {
    return {
      reason:
        "it is a row of a CouchDB list without its document; export with include_docs=true",
    };
  }
  if (!has("modules") && !has("test_stand")) {
    return { reason: `it has neither "modules" nor "test_stand"${hint(has)}` };
  }
  return { document: value };
}

function hint(has: (key: string) => boolean): string {
  if (has("dependencies") || has("devDependencies")) {
    return " (it looks like a package.json)";
  }
  return has("stand_cloud") ? " (it looks like a configuration)" : "";
}
