/**
 * JSON with access to the source text of numbers, which the runtime has and
 * TypeScript's library does not know yet.
 */
const sourceJson = JSON as unknown as {
  parse(
    text: string,
    reviver: (
      key: string,
      value: unknown,
      context: { source?: string },
    ) => unknown,
  ): Record<string, unknown>;
  rawJSON(text: string): unknown;
  isRawJSON(value: unknown): boolean;
};

/**
 * The identity of a run: SHA-256, in hex, over its wire form without `rev` and
 * `id` (they name the storage, not the run), keys sorted, no space, numbers
 * and strings in their shortest form. So all stored forms of one run have one
 * digest, whatever wrote them. A document that is nested too deep to be sorted
 * (no real run is) is known by its text instead.
 *
 * @param wire a document as `wireForm` gives it.
 */
export async function digestOf(wire: string): Promise<string> {
  const bytes = new TextEncoder().encode(canonical(wire));
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}

function canonical(wire: string): string {
  try {
    const { rev: _rev, id: _id, ...content } = sourceJson.parse(
      wire,
      keepLongIntegers,
    );
    return JSON.stringify(content, sortKeys);
  } catch (error) {
    if (error instanceof RangeError) return wire;
    throw error;
  }
}

/** An integer beyond 2^53 would lose its last digits, and two runs their difference. */
function keepLongIntegers(
  _key: string,
  value: unknown,
  { source = "" }: { source?: string },
): unknown {
  return typeof value === "number" && !Number.isSafeInteger(value) &&
      /^-?\d+$/.test(source)
    ? sourceJson.rawJSON(source)
    : value;
}

function sortKeys(_key: string, value: unknown): unknown {
  if (
    typeof value !== "object" || value === null || Array.isArray(value) ||
    sourceJson.isRawJSON(value)
  ) return value;
  // A null prototype, so that a key named __proto__ is a key like any other.
  const sorted = Object.create(null);
  for (const key of Object.keys(value).sort()) {
    sorted[key] = (value as Record<string, unknown>)[key];
  }
  return sorted;
}
