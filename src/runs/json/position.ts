/** Counted from 1, in UTF-16 units, as editors do. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The positions of some offsets of a text, found in one pass. */
export function positionsAt(
  text: string,
  offsets: readonly number[],
): Map<number, Position> {
  const positions = new Map<number, Position>();
  let line = 1;
  let start = 0;
  let end = text.indexOf("\n");
  for (const offset of [...new Set(offsets)].sort((a, b) => a - b)) {
    while (end !== -1 && end < offset) {
      line++;
      start = end + 1;
      end = text.indexOf("\n", start);
    }
    positions.set(offset, { line, column: offset - start + 1 });
  }
  return positions;
}
