/** Gives each text a number, so that a column can hold it. 0 is a missing text. */
export class Texts {
  readonly #ids = new Map<string, number>();
  readonly #texts: (string | null)[] = [null];

  get size(): number {
    return this.#ids.size;
  }

  idOf(text: string | null): number {
    if (text === null) return 0;
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    const id = this.#texts.length;
    this.#ids.set(text, id);
    this.#texts.push(text);
    return id;
  }

  /** Undefined for a text that has no number yet. */
  find(text: string | null): number | undefined {
    return text === null ? 0 : this.#ids.get(text);
  }

  textOf(id: number): string | null {
    return this.#texts[id] ?? null;
  }
}

const BLANKS = " \t\r\n\v\f";

/** White space around it is removed; an empty text, and what is no text, is missing. */
export function cleanText(value: unknown): string | null {
  if (typeof value !== "string") return null;
  // A pattern would try each blank of a long row as the beginning of the end.
  let [start, end] = [0, value.length];
  while (start < end && BLANKS.includes(value.charAt(start))) start++;
  while (end > start && BLANKS.includes(value.charAt(end - 1))) end--;
  return start === end ? null : value.slice(start, end);
}

/** Missing first, then by UTF-16 code unit. */
export function compareTexts(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? -1 : 1;
  return a < b ? -1 : 1;
}
