import type { Lines, Position } from "../runs/json/lines.ts";

const WIDTH = 80;
/** How much of a long line is shown before the place. */
const BEFORE = 24;

/**
 * The line of a place, and a caret below the place; a long line is cut around
 * it, so that both fit 80 columns. Nothing when the line is empty.
 */
export function excerpt(lines: Lines, { line, column }: Position): string[] {
  const gutter = `${String(line).padStart(5)} | `;
  const room = WIDTH - gutter.length;
  const at = column - 1;
  // Layout at the beginning of the line is of no interest.
  const indent = at <= WIDTH * 2
    ? lines.piece(line, { from: 0, to: at }).search(/[^ \t]|$/)
    : 0;
  const from = at - indent > room / 2 ? at - BEFORE : indent;
  const piece = lines.piece(line, { from, to: at + room });
  const head = `${from > indent ? "…" : ""}${shown(piece.slice(0, at - from))}`;
  const tail = shown(piece.slice(at - from));
  if (head + tail === "") return [];
  const left = room - widthOf(head);
  return [
    `${gutter}${head}${cut(tail, left)}`,
    `${" ".repeat(gutter.length - 2)}| ${" ".repeat(widthOf(head))}^`,
  ];
}

function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = "";
  let left = width - 1;
  for (const character of text) {
    left -= widthOf(character);
    if (left < 0) break;
    kept += character;
  }
  return `${kept}…`;
}

/** Characters that have no place of their own on a terminal, or could steer it. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** One visible character for each of the text's, so that the caret keeps its place. */
function shown(text: string): string {
  return text.replaceAll("\t", " ").replace(UNSEEN, "·");
}

const COMBINING = /^\p{M}$/u;
/** East Asian letters and emoji take two columns. */
const WIDE =
  /^[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]$/u;

const PLAIN = /^[ -~]*$/;

function widthOf(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const character of text) {
    width += COMBINING.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  }
  return width;
}
