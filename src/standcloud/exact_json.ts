/** What the engine has and TypeScript does not know yet (JSON.parse source text access). */
interface ExactJson {
  rawJSON(text: string): object;
  isRawJSON(value: unknown): boolean;
}

const exact = JSON as JSON & ExactJson;

/**
 * Parses JSON of which no digit must be lost: a number that JavaScript would
 * write in another way becomes an object that `JSON.stringify` writes as it was.
 */
export function parseExactly(text: string): unknown {
  const value = JSON.parse(text);
  // Mostly nothing is lost, and to compare takes a fraction of the time.
  if (JSON.stringify(value) === text) return value;
  return JSON.parse(
    text,
    (_key: string, value: unknown, { source }: { source?: string } = {}) =>
      typeof value !== "number" || source === undefined ||
        JSON.stringify(value) === source
        ? value
        : exact.rawJSON(source),
  );
}

/** A text, or a number as it was written; null for anything else. */
export function textOf(value: unknown): string | null {
  if (typeof value === "string") return value;
  return typeof value === "number" || exact.isRawJSON(value)
    ? JSON.stringify(value)
    : null;
}
