/** Of an object, or an index of a list. */
export type Key = string | number;

/** A JSON Pointer (RFC 6901) from its keys. */
export function pointer(...keys: readonly Key[]): string {
  return pointerOf(keys);
}

/** The same for any number of keys: a call takes only so many arguments. */
export function pointerOf(keys: readonly Key[]): string {
  return keys
    .map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`)
    .join("");
}
