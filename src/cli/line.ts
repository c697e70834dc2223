import type { Tone } from "../page/status.ts";

/** A part of a line, with a colour where the reader's terminal has colours. */
export interface Piece {
  readonly text: string;
  readonly tone?: Tone | undefined;
}

/** A line of a result: what it says is clear without its colours. */
export type Line = string | readonly Piece[];

export function piecesOf(line: Line): readonly Piece[] {
  return typeof line === "string" ? [{ text: line }] : line;
}
