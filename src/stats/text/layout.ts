import { cut, padded, widthOf, wrap } from "../../system/text_width.ts";

/** Every line fits. */
export const WIDTH = 80;

export interface Column {
  readonly heading: string;
  readonly width: number;
  /** Default: to the right, as numbers are. */
  readonly isText?: boolean;
}

export interface Row {
  readonly label: string;
  readonly cells: readonly string[];
  /** A line below, as far in as the second word of the label. */
  readonly below?: string | undefined;
}

interface TableOptions {
  readonly labelWidth: number;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** How many rows are not among them. */
  readonly more: number;
}

/** A heading, rows below it, and how many rows there are besides; nothing without rows. */
export function tableLines(
  title: string,
  { labelWidth, columns, rows, more }: TableOptions,
): string[] {
  if (rows.length === 0) return [];
  const headings = columns.map(({ heading }) => heading);
  // Long numbers take their room from the labels.
  const fitting = columns.map((column, at) => ({
    ...column,
    width: widest(rows.map(({ cells }) => cells[at] ?? ""), column.width),
  }));
  const taken = fitting.reduce((sum, { width }) => sum + 2 + width, 0);
  const room = Math.min(labelWidth, WIDTH - taken);
  const lineOf = (label: string, cells: readonly string[]) =>
    [
      padded(cut(label.trimEnd(), room), room),
      ...fitting.map((column, at) => aligned(cells[at] ?? "", column)),
    ].join("  ").trimEnd();
  return [
    "",
    lineOf(title, headings),
    ...rows.flatMap(({ label, cells, below }) => [
      lineOf(label, cells),
      ...(below === undefined ? [] : [cut(below, WIDTH)]),
    ]),
    ...moreLine(more),
  ];
}

/** The columns that the widest of them takes. There may be too many for one call. */
export function widest(texts: readonly string[], least = 0): number {
  return texts.reduce((most, text) => Math.max(most, widthOf(text)), least);
}

export function moreLine(more: number): string[] {
  return more > 0 ? [`… and ${more} more (--verbose shows all)`] : [];
}

function aligned(text: string, { width, isText }: Column): string {
  if (isText) return padded(text, width);
  return " ".repeat(Math.max(0, width - widthOf(text))) + text;
}

/** A text behind a label; further lines begin where the text does. */
export function hanging(label: string, text: string): string[] {
  const indent = " ".repeat(widthOf(label));
  return wrap(text, WIDTH - widthOf(label))
    .map((line, at) => (at === 0 ? label : indent) + line);
}
