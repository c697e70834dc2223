import { endOfValue } from "./slices.ts";

const INDENT = /[ \t]*/y;

/**
 * Just behind the value that begins at `start`, for a document whose closing
 * brackets stand below the beginning of their line, as HardPy and most programs
 * write them. It looks for that bracket instead of reading what is between:
 * several times faster, and wrong for other layouts. A line break is never
 * inside of a string, since JSON has an escape for it.
 */
export function endByLayout(text: string, start: number): number {
  const first = text.charAt(start);
  const isBlock = (first === "{" || first === "[") &&
    text.charAt(start + 1) === "\n";
  if (!isBlock) return endOfValue(text, start);
  const line = text.lastIndexOf("\n", start) + 1;
  INDENT.lastIndex = line;
  INDENT.test(text);
  const indent = text.slice(line, INDENT.lastIndex);
  const closing = `\n${indent}${first === "{" ? "}" : "]"}`;
  const end = text.indexOf(closing, start);
  return end === -1 ? endOfValue(text, start) : end + closing.length;
}
