export type Fields = Readonly<Record<string, unknown>>;

const NO_FIELDS: Fields = {};

/** An object of JSON: neither a list nor null. */
export function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The fields of an object; none for anything else. */
export function fieldsOf(value: unknown): Fields {
  return isObject(value) ? value : NO_FIELDS;
}

/** What an object holds; nothing for anything else. */
export function valuesOf(value: unknown): unknown[] {
  return Object.values(fieldsOf(value));
}

export function elementsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Missing, null, or a text without a visible character. */
export function isEmpty(value: unknown): boolean {
  return value === undefined || value === null ||
    (typeof value === "string" && value.trim() === "");
}

const PLACEHOLDERS = new Set(
  ["unknown", "none", "null", "n/a", "na", "-", "test", "tbd", "todo"]
    .concat("default"),
);

/** A text that stands where nobody wrote a real one. */
export function isPlaceholder(value: unknown): boolean {
  return typeof value === "string" &&
    PLACEHOLDERS.has(value.trim().toLowerCase());
}

export function isNumber(value: unknown): value is number {
  return typeof value === "number";
}

const SHOWN_LENGTH = 48;

/** A text of the document in quotes, cut when it is long. */
export function quoted(value: unknown): string {
  const text = String(value);
  return text.length <= SHOWN_LENGTH
    ? `"${text}"`
    : `"${text.slice(0, SHOWN_LENGTH).toWellFormed()}…"`;
}
