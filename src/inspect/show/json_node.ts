import {
  elementsAt,
  type Member,
  membersAt,
  type Slice,
} from "../../runs/json/slices.ts";

/** Makes one line of a stranger's text harmless to whoever reads it. */
export type Clean = (text: string) => string;

/** Far more than anyone reads of one text; what is cut off is counted, not shown. */
const TEXT_LIMIT = 4096;

/** The numbers of a document are shown with their own digits, within reason. */
const NUMBER_LIMIT = 40;

/**
 * A value of a document, or its absence: every question has an answer, so a
 * document may lack anything and hold anything. Read from the text, not from
 * parsed values, so that numbers keep their digits and objects their order.
 */
export class JsonNode {
  readonly #text: string;
  readonly #slice: Slice | undefined;
  readonly #clean: Clean;
  #members: Map<string, Member> | undefined;

  /** @param slice undefined for a value that is not there. */
  constructor(text: string, slice: Slice | undefined, clean: Clean) {
    this.#text = text;
    this.#slice = slice;
    this.#clean = clean;
  }

  /** Whether there is a value other than null. */
  get isPresent(): boolean {
    return this.#slice !== undefined && this.#first !== "n";
  }

  /** Characters in the file. */
  get size(): number {
    return this.#slice === undefined ? 0 : this.#slice.end - this.#slice.start;
  }

  /** The member of that name, as an object would have it; of anything else, nothing. */
  get(key: string): JsonNode {
    return this.#at(this.#byKey().get(key));
  }

  /** The members of an object, in their order. */
  entries(): [key: string, value: JsonNode][] {
    return [...this.#byKey()].map(([key, member]) => [key, this.#at(member)]);
  }

  elements(): JsonNode[] {
    const elements = this.#slice && elementsAt(this.#text, this.#slice);
    return (elements ?? []).map((slice) => this.#at(slice));
  }

  get isString(): boolean {
    return this.#first === '"';
  }

  /** The text of a number as it stands in the file. */
  get literal(): string | undefined {
    return /[-\d]/.test(this.#first) ? this.#source(NUMBER_LIMIT) : undefined;
  }

  get number(): number | undefined {
    return this.literal === undefined ? undefined : Number(this.#source());
  }

  get boolean(): boolean | undefined {
    return this.#first === "t" ? true : this.#first === "f" ? false : undefined;
  }

  /** Any value in one clean line: a string itself, everything else as JSON. */
  get line(): string | undefined {
    return this.isPresent ? this.clean(this.#string()) : undefined;
  }

  /** The same, with the line breaks that a string has. */
  get lines(): string[] {
    return this.isPresent
      ? this.#string().split(/\r\n|\r|\n/).map(this.#clean)
      : [];
  }

  /** The JSON text, cut to `limit` characters, in clean lines, as far left as it goes. */
  preview(limit: number): string[] {
    const [first = "", ...rest] = this.#source(limit).split(/\r\n|\r|\n/);
    const margins = rest.map((line) => line.length - line.trimStart().length);
    const margin = Math.min(...margins);
    return [first, ...rest.map((line) => line.slice(margin))].map(this.#clean);
  }

  clean(text: string): string {
    return this.#clean(text);
  }

  /** For what is too much to be read as nodes: the data of a chart. */
  parse(): unknown {
    return this.#slice && JSON.parse(this.#source());
  }

  get #first(): string {
    return this.#slice ? this.#text.charAt(this.#slice.start) : "";
  }

  #at(slice: Slice | undefined): JsonNode {
    return new JsonNode(this.#text, slice, this.#clean);
  }

  #byKey(): Map<string, Member> {
    if (this.#members !== undefined) return this.#members;
    const members = this.#slice && membersAt(this.#text, this.#slice);
    return this.#members = new Map(members?.map((one) => [one.key, one]));
  }

  #source(limit = Infinity): string {
    if (this.#slice === undefined) return "";
    const { start, end } = this.#slice;
    return end - start <= limit
      ? this.#text.slice(start, end)
      : `${this.#text.slice(start, start + limit)}…`;
  }

  #string(): string {
    if (!this.isString || this.#slice === undefined) {
      // A line break in JSON is never part of a string.
      return this.#source(TEXT_LIMIT).replace(/[\r\n]+[ \t]*/g, " ");
    }
    return this.size <= TEXT_LIMIT
      ? JSON.parse(this.#source())
      : `${beginning(this.#text, this.#slice)}…`;
  }
}

/** The first part of a long string: parsed, so cut where no escape is broken. */
function beginning(text: string, { start }: Slice): string {
  const longestEscape = 6;
  for (let cut = 0; cut < longestEscape; cut++) {
    const end = start + TEXT_LIMIT - cut;
    try {
      const parsed: string = JSON.parse(`${text.slice(start, end)}"`);
      return parsed.replace(/[\ud800-\udbff]$/, "");
    } catch {
      // It ends in the middle of an escape.
    }
  }
  return "";
}
