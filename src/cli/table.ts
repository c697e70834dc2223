import { cleanLine } from "./clean.ts";

/** A wider cell would push the others out of sight. */
const CELL_WIDTH = 40;

/** Rows below their headings, in columns as wide as they need to be. */
export function table(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): string[] {
  const lines = [headings, ...rows].map((row) => row.map(cell));
  const widths = headings.map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0))
  );
  return lines.map((line) =>
    line.map((text, column) => text.padEnd(widths[column] ?? 0))
      .join("  ").trimEnd()
  );
}

function cell(text: string): string {
  const [...letters] = cleanLine(text);
  return letters.length <= CELL_WIDTH
    ? letters.join("")
    : `${letters.slice(0, CELL_WIDTH - 1).join("")}…`;
}
