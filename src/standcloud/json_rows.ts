/** An answer that cannot be read as rows. */
export class UnreadableRows extends Error {
  /** The answer ends before its last row does. */
  readonly isCutOff: boolean;

  constructor(message: string, { isCutOff = false } = {}) {
    super(message);
    this.name = "UnreadableRows";
    this.isCutOff = isCutOff;
  }
}

/** One row is small; more is an attack or a mistake. */
const ROW_CHARACTERS = 8 * 1024 * 1024;
/** `JSON.parse` and `JSON.stringify` walk into each level. */
const DEPTH = 100;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const SPACES: readonly number[] = [0x20, 0x09, 0x0a, 0x0d];

type Expected = "start" | "row or end" | "row" | "comma or end" | "end";

/**
 * Cuts an answer into its rows as it arrives: a JSON array of objects of any
 * length, or one object. No more than one row is kept. Whether a row itself is
 * JSON is for `JSON.parse` to say. (A streaming parser of npm was tried: it
 * loses digits of numbers, and has no limit for one row.)
 */
export class JsonRows {
  /** False: the only text is the whole answer. */
  isArray = false;
  #expected: Expected = "start";
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  /** What has arrived of the present row. */
  #pieces: string[] = [];
  #characters = 0;
  readonly #decoder = new TextDecoder("utf-8", { fatal: true });

  /** @returns the rows that end in this portion. */
  take(portion: Uint8Array): string[] {
    const text = this.#decode(portion);
    const rows: string[] = [];
    let at = 0;
    while (at < text.length) {
      if (this.#depth === 0 && !this.#startsRow(text.charCodeAt(at))) {
        at++;
        continue;
      }
      const end = this.#endOfRow(text, at);
      this.#keep(text.slice(at, end));
      if (this.#depth === 0) rows.push(this.#row());
      at = end;
    }
    return rows;
  }

  #decode(portion: Uint8Array): string {
    try {
      return this.#decoder.decode(portion, { stream: true });
    } catch {
      throw new UnreadableRows("The answer is not UTF-8");
    }
  }

  /** @throws `UnreadableRows` when more was to come. */
  end(): void {
    if (this.#expected === "end" && this.#depth === 0) return;
    const isCutOff = this.#expected !== "start" || this.#depth > 0;
    throw new UnreadableRows("The answer ends too early", { isCutOff });
  }

  /** Reads one character between rows. True when the next row starts with it. */
  #startsRow(code: number): boolean {
    const expected = this.#expected;
    if (SPACES.includes(code)) return false;
    if (STARTS_ROW.has(expected) && code === OPEN_OBJECT) return true;
    if (expected === "start" && code === OPEN_LIST) {
      this.isArray = true;
      this.#expected = "row or end";
    } else if (expected === "comma or end" && code === COMMA) {
      this.#expected = "row";
    } else if (expected.endsWith("or end") && code === CLOSE_LIST) {
      this.#expected = "end";
    } else throw new UnreadableRows("The answer is no list of objects");
    return false;
  }

  /** Just behind the row, or behind the text when the row goes on. */
  #endOfRow(text: string, start: number): number {
    let depth = this.#depth;
    let isInString = this.#isInString;
    let isEscaped = this.#isEscaped;
    let at = start;
    do {
      const code = text.charCodeAt(at++);
      if (isInString) {
        if (isEscaped) isEscaped = false;
        else if (code === BACKSLASH) isEscaped = true;
        else if (code === QUOTE) isInString = false;
      } else if (code === QUOTE) isInString = true;
      else if (code === OPEN_OBJECT || code === OPEN_LIST) {
        if (++depth > DEPTH) throw new UnreadableRows("A row is too deep");
      } else if (code === CLOSE_OBJECT || code === CLOSE_LIST) depth--;
    } while (depth > 0 && at < text.length);
    this.#depth = depth;
    this.#isInString = isInString;
    this.#isEscaped = isEscaped;
    return at;
  }

  #keep(piece: string): void {
    this.#characters += piece.length;
    if (this.#characters > ROW_CHARACTERS) {
      throw new UnreadableRows("A row is too large");
    }
    this.#pieces.push(piece);
  }

  #row(): string {
    this.#expected = this.isArray ? "comma or end" : "end";
    const row = this.#pieces.join("");
    this.#pieces = [];
    this.#characters = 0;
    return row;
  }
}

const STARTS_ROW: ReadonlySet<Expected> = new Set([
  "start",
  "row or end",
  "row",
]);
