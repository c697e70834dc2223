/** The lines of a text, asked for in ascending order, so that all are found in one pass. */
export class SourceLines {
  readonly #text: string;
  #line = 1;
  #start = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /**
   * A piece of a line, of which no more is copied than is asked for: some
   * documents are one line of many megabytes.
   *
   * @param line counted from 1, not less than in the call before.
   */
  piece(line: number, { from, to }: { from: number; to: number }): string {
    while (this.#line < line) {
      const end = this.#text.indexOf("\n", this.#start);
      if (end === -1) return "";
      this.#start = end + 1;
      this.#line++;
    }
    const piece = this.#text.slice(this.#start + from, this.#start + to);
    const end = piece.search(/[\r\n]/);
    return end === -1 ? piece : piece.slice(0, end);
  }
}
