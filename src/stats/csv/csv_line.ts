/** Null is an empty cell. */
export type Cell = string | number | boolean | null;

const NEEDS_QUOTES = /[",\r\n]/;
/** A spreadsheet may take it for a formula and run it. */
const FORMULA = /^[=+\-@\t\r]/;

/** One record of RFC 4180, with its line end. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(cellText).join(",")}\r\n`;
}

function cellText(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell !== "string") return String(cell);
  // An apostrophe makes it a text. A number of the document is never one.
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
