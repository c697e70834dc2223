/** Counted from 1, in UTF-16 units, as editors do. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * The lines of a text. It remembers the last one that was asked for and goes
 * on from there, so that all places of a file with many documents are found in
 * one pass; no list of lines is kept, since there can be millions.
 */
export class Lines {
  readonly text: string;
  /** Where the lines begin that positions are in: they will be shown. */
  readonly #starts = new Map<number, number>();
  #line = 1;
  #start = 0;
  /** Of the line feed; Infinity in the last line. */
  #end: number;

  constructor(text: string) {
    this.text = text;
    this.#end = this.#endFrom(0);
  }

  positionOf(offset: number): Position {
    while (this.#end < offset) this.#next();
    while (this.#start > offset) this.#previous();
    this.#starts.set(this.#line, this.#start);
    return { line: this.#line, column: offset - this.#start + 1 };
  }

  /**
   * A piece of a line, of which no more is copied than is asked for: some
   * documents are one line of many megabytes.
   */
  piece(line: number, { from, to }: { from: number; to: number }): string {
    const start = this.#starts.get(line) ?? this.#startOf(line);
    if (start === undefined) return "";
    const piece = this.text.slice(start + from, start + to);
    const end = piece.search(/[\r\n]/);
    return end === -1 ? piece : piece.slice(0, end);
  }

  #startOf(line: number): number | undefined {
    while (this.#line < line && this.#end < Infinity) this.#next();
    while (this.#line > line) this.#previous();
    return this.#line === line ? this.#start : undefined;
  }

  #next(): void {
    this.#line++;
    this.#start = this.#end + 1;
    this.#end = this.#endFrom(this.#start);
  }

  #previous(): void {
    this.#line--;
    this.#end = this.#start - 1;
    this.#start = this.#end === 0
      ? 0
      : this.text.lastIndexOf("\n", this.#end - 1) + 1;
  }

  #endFrom(offset: number): number {
    const end = this.text.indexOf("\n", offset);
    return end === -1 ? Infinity : end;
  }
}
