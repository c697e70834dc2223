import { AppError } from "../system/app_error.ts";

/** Where something stands in a file, counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A hardpy.toml as text, for errors with their place. */
export interface TomlText {
  readonly path: string;
  readonly text: string;
}

/** A key of a section that has another type than HardPy wants. */
export function wrongType(
  toml: TomlText,
  section: string,
  { key, expected }: {
    key: unknown;
    expected: Readonly<Record<string, string>>;
  },
): AppError {
  if (typeof key !== "string") {
    const place = positionOf(toml.text, section);
    return invalidToml(toml.path, place, `[${section}] must be a table`);
  }
  const what = expected[key] ?? "a text in quotes";
  return invalidToml(
    toml.path,
    positionOf(toml.text, section, key),
    `${key} of [${section}] must be ${what}`,
  );
}

/** Where a key of the section stands; the parser does not tell. */
function positionOf(text: string, section: string, key = section): Place {
  const header = new RegExp(`^\\s*\\[\\s*["']?${section}["']?\\s*\\]`);
  /** `stand_cloud.address = …` and `stand_cloud = { address = … }`. */
  const oneLine = new RegExp(`^\\s*["']?${section}["']?\\s*[.=]`);
  const inTable = new RegExp(`^\\s*["']?${key}["']?\\s*=`);
  const lines = text.split("\n");
  const start = lines.findIndex((line) => header.test(line));
  const line = [
    lines.findIndex((line, index) =>
      start !== -1 && index > start && inTable.test(line)
    ),
    lines.findIndex((line) => oneLine.test(line) && line.includes(key)),
    start,
  ].find((index) => index !== -1) ?? 0;
  const column = lines[line]?.indexOf(key) ?? 0;
  return { line: line + 1, column: Math.max(column, 0) + 1 };
}

export function invalidToml(
  path: string,
  { line, column }: Place,
  why: string,
): AppError {
  return new AppError(
    "config_invalid",
    `${path}:${line}:${column}: ${why}`,
    { hints: ["mend the file, or name another one with --config PATH"] },
  );
}
