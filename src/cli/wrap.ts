/** The parts, joined by a space, in lines of at most `width` characters. */
export function wrapped(parts: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + part.length > width) {
      lines.push(part);
    } else lines[lines.length - 1] = `${last} ${part}`;
  }
  return lines;
}

export interface ColumnOptions {
  /** Of the whole line. */
  readonly width: number;
  /** Of the first column. */
  readonly first: number;
}

/** Less room than this for the second column, and it begins below the first. */
const LEAST_ROOM = 24;

/** A name and its meaning side by side; the meaning goes on below itself. */
export function twoColumns(
  [name, meaning]: readonly [name: string, meaning: string],
  { width, first }: ColumnOptions,
): string[] {
  const isNarrow = width - first - 4 < LEAST_ROOM;
  const indent = isNarrow ? 6 : first + 4;
  const [head = "", ...more] = wrapped(meaning.split(" "), width - indent);
  const below = more.map((line) => " ".repeat(indent) + line);
  return isNarrow || name.length > first
    ? [
      `  ${name}`,
      ...meaning === "" ? [] : [" ".repeat(indent) + head, ...below],
    ]
    : [`  ${name.padEnd(first)}  ${head}`.trimEnd(), ...below];
}
