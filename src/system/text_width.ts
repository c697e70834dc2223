/** Every line fits. */
export const WIDTH = 80;

/** ASCII, Latin-1, a dash and an ellipsis: one column each. */
const PLAIN = /^[\x20-\x7e\xa1-\xac\xae-\xff\u2013\u2026]*$/;
/** East Asian wide characters and emoji take two columns. */
const WIDE =
  /^(?:[\u1100-\u115f\u2e80-\u303e\u3041-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|.\ufe0f)/u;
const NO_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** The columns that a text takes on a terminal. */
export function widthOf(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += columns(segment);
  return width;
}

function columns(grapheme: string): number {
  if (NO_WIDTH.test(grapheme)) return 0;
  return WIDE.test(grapheme) ? 2 : 1;
}

/** Fills up with spaces. */
export function padded(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - widthOf(text)));
}

/** UTF-16 units for each column of a line: only a text made to do harm needs more. */
const UNITS = 16;

/** The part of a text that fits, and the rest; of a long text only the beginning is looked at. */
export function splitAt(text: string, width: number): [string, string] {
  const limit = width * UNITS;
  const head = text.length <= limit
    ? text
    : text.slice(0, limit).replace(/[\ud800-\udbff]$/, "");
  if (PLAIN.test(head)) return [head.slice(0, width), text.slice(width)];
  let used = 0;
  for (const { segment, index } of graphemes.segment(head)) {
    used += columns(segment);
    if (used > width && index > 0) {
      return [text.slice(0, index), text.slice(index)];
    }
  }
  return [head, text.slice(head.length)];
}

/** The text in lines of at most `width` columns, broken at spaces where there are any. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let rest = text;
  for (;;) {
    const [fits, more] = splitAt(rest, width);
    if (more === "") return [...lines, rest];
    const space = rest.charAt(fits.length) === " "
      ? fits.length
      : fits.lastIndexOf(" ");
    const end = space > width / 3 ? space : fits.length;
    lines.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
}

/** One line of at most `width` columns, with … where something is missing. */
export function cut(text: string, width: number): string {
  if (splitAt(text, width)[1] === "") return text;
  return `${splitAt(text, width - 1)[0].trimEnd()}…`;
}

/** The same, with the end of the text: the end of a path tells files apart. */
export function cutStart(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  const letters = [...text].slice(-(width - 1));
  while (widthOf(letters.join("")) > width - 1) letters.shift();
  return `…${letters.join("")}`;
}
