import { cleanLine } from "./clean.ts";

/** A wider cell would push the others out of sight. */
const CELL_WIDTH = 40;

/**
 * Rows below their headings, in columns as wide as the rows so far need them to
 * be: a list may be too long to wait for its end.
 */
export class Table {
  readonly #headings: readonly string[];
  readonly #widths: number[];
  #hasHeadings = false;

  constructor(headings: readonly string[]) {
    this.#headings = headings;
    this.#widths = headings.map(({ length }) => length);
  }

  /** The lines of these rows; at first below the headings. */
  lines(rows: readonly (readonly string[])[]): string[] {
    const added = this.#hasHeadings ? rows : [this.#headings, ...rows];
    this.#hasHeadings = true;
    const cells = added.map((row) => row.map(cell));
    for (const row of cells) {
      row.forEach((text, column) => {
        this.#widths[column] = Math.max(
          this.#widths[column] ?? 0,
          text.length,
        );
      });
    }
    return cells.map((row) =>
      row.map((text, column) => text.padEnd(this.#widths[column] ?? 0))
        .join("  ").trimEnd()
    );
  }
}

function cell(text: string): string {
  const [...letters] = cleanLine(text);
  return letters.length <= CELL_WIDTH
    ? letters.join("")
    : `${letters.slice(0, CELL_WIDTH - 1).join("")}…`;
}
