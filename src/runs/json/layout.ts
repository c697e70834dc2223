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

/** Line breaks and what indents the next line: in JSON never part of a string. */
const LAYOUT = /[\r\n]+[ \t]*/;
/** In UTF-16 units: what is made of so much does not live long. */
const PIECE = 64 * 1024;

/** The same JSON without its layout, which is half of a chart's text. */
export function onOneLine(json: string): string {
  if (!LAYOUT.test(json)) return json;
  let written = "";
  let end = 0;
  for (let at = 0; at < json.length; at = end) {
    const newline = json.indexOf("\n", at + PIECE);
    end = newline === -1 ? json.length : newline;
    // `replace` would make a chain of strings, one for each line.
    written += json.slice(at, end).split(LAYOUT).join("");
  }
  return written;
}
