import { endOfValue } from "./slices.ts";

const INDENT = /[ \t]*/y;
const LINE_BREAK = /\r?\n/y;

/**
 * Just behind the value that begins at `start`, for a document whose closing
 * brackets stand below the beginning of their line, as HardPy and most programs
 * write them. It looks for that bracket instead of reading what is between:
 * several times faster, and wrong for other layouts. A line break is never
 * inside of a string, since JSON has an escape for it.
 *
 * @param from where to begin to look, somewhere inside of the value but not inside of a value in it.
 */
export function endByLayout(text: string, start: number, from = start): number {
  const first = text.charAt(start);
  const isContainer = first === "{" || first === "[";
  LINE_BREAK.lastIndex = start + 1;
  if (!isContainer || !LINE_BREAK.test(text)) return endOfValue(text, start);
  const inner = indentAt(text, LINE_BREAK.lastIndex);
  const outer = indentAt(text, text.lastIndexOf("\n", start) + 1);
  // Without an indent of its own, its bracket looks like those inside of it.
  if (inner.length <= outer.length) return endOfValue(text, start);
  const closing = `\n${outer}${first === "{" ? "}" : "]"}`;
  const end = text.indexOf(closing, from);
  return end === -1 ? endOfValue(text, start) : end + closing.length;
}

function indentAt(text: string, line: number): string {
  INDENT.lastIndex = line;
  INDENT.test(text);
  return text.slice(line, INDENT.lastIndex);
}
