import { findSyntaxProblem, pythonNumberMessage } from "./json/syntax.ts";

/** A document in which Python wrote numbers that JSON does not have: NaN, Infinity, -Infinity. */
export interface PythonDocument {
  /** What it holds; NaN is NaN. */
  readonly value: unknown;
  /** Where these numbers begin, in ascending order. */
  readonly offsets: readonly number[];
}

/** Undefined when there are none, or when more is wrong. */
export function readPythonNumbers(source: string): PythonDocument | undefined {
  const offsets: number[] = [];
  const json: string[] = [];
  let from = 0;
  const problem = findSyntaxProblem(source, (start, end) => {
    offsets.push(start);
    json.push(
      source.slice(from, start),
      STAND_IN[source.slice(start, end)] ?? "",
    );
    from = end;
  });
  if (problem !== undefined || offsets.length === 0) return undefined;
  json.push(source.slice(from));
  try {
    return { value: JSON.parse(json.join(""), asNumber), offsets };
  } catch {
    // Nested too deep to be read like this: the first place must do.
    return undefined;
  }
}

/** Too large for a double, so they are read as infinite; NaN's is one that nobody writes. */
const NAN = "1e987654321";
const STAND_IN: Readonly<Record<string, string>> = {
  NaN: NAN,
  "-NaN": NAN,
  Infinity: "1e999",
  "-Infinity": "-1e999",
};

function asNumber(
  _key: string,
  value: unknown,
  { source }: { source?: string } = {},
): unknown {
  return source === NAN ? NaN : value;
}

export const PYTHON_NUMBER_FIX = "write null or a text in its place";

/** What is said of one of these numbers. */
export function pythonNumberFinding(literal: string, path: string): string {
  return notJsonAt(pythonNumberMessage(literal), path);
}

/** Names the case and the field, which say more to a person than a pointer. */
export function notJsonAt(message: string, path: string): string {
  return `This is not JSON: ${message}${placeOf(path)}`;
}

function placeOf(path: string): string {
  const [, modules, module, cases, testCase, ...field] = path.split("/");
  if (modules !== "modules" || cases !== "cases" || testCase === undefined) {
    return path === "" ? "" : ` (at ${path})`;
  }
  return ` (case ${module}::${testCase}, ${field.join("/") || "the case"})`;
}
