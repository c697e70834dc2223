import { skipSpace } from "./slices.ts";

/** Where a text stops being JSON, and why. */
export interface JsonSyntaxProblem {
  /** UTF-16 offset into the text. */
  readonly offset: number;
  readonly message: string;
}

/**
 * Finds the first place where `text` is not JSON (RFC 8259). Only for texts
 * that `JSON.parse` refused: its own message often has no position.
 *
 * @param onPythonNumber called for NaN, Infinity and -Infinity, which then count as numbers.
 */
export function findSyntaxProblem(
  text: string,
  onPythonNumber?: (start: number, end: number) => void,
): JsonSyntaxProblem | undefined {
  const open: ("{" | "[")[] = [];
  let expected: Expected = "value";
  let offset = 0;
  while (true) {
    offset = skipSpace(text, offset);
    if (offset >= text.length) {
      return expected === "end"
        ? undefined
        : { offset, message: endMessage(text) };
    }
    const token = readToken(text, offset);
    if ("message" in token) return token;
    const isPython = token.kind === "python number";
    if (isPython && onPythonNumber === undefined) {
      const message = pythonNumberMessage(text.slice(offset, token.end));
      return { offset, message };
    }
    const next = step(token.kind, expected, open);
    if (next === undefined) {
      return { offset, message: unexpected(text, offset, expected) };
    }
    if (isPython) onPythonNumber?.(offset, token.end);
    expected = next;
    offset = token.end;
  }
}

type TokenKind =
  | "{"
  | "}"
  | "["
  | "]"
  | ","
  | ":"
  | "string"
  | "scalar"
  | "python number";
type Expected =
  | "value"
  | "value or ]"
  | "key"
  | "key or }"
  | ":"
  | ", or }"
  | ", or ]"
  | "end";

/** What may follow a token, or undefined when the token is out of place. */
function step(
  kind: TokenKind,
  expected: Expected,
  open: ("{" | "[")[],
): Expected | undefined {
  const wantsValue = expected === "value" || expected === "value or ]";
  if (kind === "{" || kind === "[") {
    if (!wantsValue) return undefined;
    open.push(kind);
    return kind === "{" ? "key or }" : "value or ]";
  }
  if (kind === "}" || kind === "]") {
    const closes = kind === "}"
      ? expected === ", or }" || expected === "key or }"
      : expected === ", or ]" || expected === "value or ]";
    if (!closes) return undefined;
    open.pop();
    return afterValue(open);
  }
  if (kind === "string" && (expected === "key" || expected === "key or }")) {
    return ":";
  }
  if (kind === ":") return expected === ":" ? "value" : undefined;
  if (kind === ",") {
    if (expected === ", or }") return "key";
    return expected === ", or ]" ? "value" : undefined;
  }
  return wantsValue ? afterValue(open) : undefined;
}

function afterValue(open: readonly ("{" | "[")[]): Expected {
  const last = open.at(-1);
  return last === undefined ? "end" : last === "{" ? ", or }" : ", or ]";
}

const SCALAR =
  /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;
const PYTHON_NUMBER = /-?(?:NaN|Infinity)\b/y;

function readToken(
  text: string,
  offset: number,
): { kind: TokenKind; end: number } | JsonSyntaxProblem {
  const character = text.charAt(offset);
  if ("{}[],:".includes(character)) {
    return { kind: character as TokenKind, end: offset + 1 };
  }
  if (character === '"') return readString(text, offset);
  SCALAR.lastIndex = offset;
  if (SCALAR.test(text)) return { kind: "scalar", end: SCALAR.lastIndex };
  PYTHON_NUMBER.lastIndex = offset;
  return PYTHON_NUMBER.test(text)
    ? { kind: "python number", end: PYTHON_NUMBER.lastIndex }
    : { offset, message: `${characterAt(text, offset)} is not JSON` };
}

/** @param literal what Python writes for a number that JSON does not have. */
export function pythonNumberMessage(literal: string): string {
  return `${literal} is not a JSON number, so StandCloud cannot take it`;
}

const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

function readString(
  text: string,
  start: number,
): { kind: "string"; end: number } | JsonSyntaxProblem {
  for (let offset = start + 1; offset < text.length; offset++) {
    const code = text.charCodeAt(offset);
    if (code === 0x22) return { kind: "string", end: offset + 1 };
    if (code < 0x20) {
      return { offset, message: "a string holds a bare control character" };
    }
    if (code !== 0x5c) continue;
    ESCAPE.lastIndex = offset;
    if (!ESCAPE.test(text)) return { offset, message: "invalid \\ escape" };
    offset = ESCAPE.lastIndex - 1;
  }
  return { offset: text.length, message: endMessage(text) };
}

function unexpected(text: string, offset: number, expected: Expected): string {
  return expected === "end"
    ? `${characterAt(text, offset)} after the end of the document`
    : `${characterAt(text, offset)} where ${expected} is expected`;
}

function endMessage(text: string): string {
  return text.trim() === ""
    ? "the file is empty"
    : "the file ends in the middle of the document (truncated?)";
}

/** The offending character, or its code where it would not print. */
function characterAt(text: string, offset: number): string {
  const point = text.codePointAt(offset) ?? 0;
  return point > 0x20 && point < 0x7f
    ? `"${String.fromCodePoint(point)}"`
    : `U+${point.toString(16).toUpperCase().padStart(4, "0")}`;
}
