import { isObject } from "./values.ts";
import { findSyntaxProblem } from "./json/syntax.ts";
import { elementsAt, memberAt, rootOf, type Slice } from "./json/slices.ts";

/** How a file holds its documents, or CouchDB's rows about them. */
export interface Container {
  readonly kind: "single" | "couchdb" | "lines";
  readonly documents: readonly Slice[];
  /** The parsed document of a single one, so that it is parsed only once. */
  readonly value: unknown;
}

/** Tells what a text holds. One that is not JSON at all is a single, broken document. */
export function containerOf(text: string): Container {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return lines(text) ?? single(text, undefined);
  }
  return couchdb(text, value) ?? single(text, value);
}

/** A text that is one document, whatever it looks like. */
export function documentIn(text: string): Container {
  return single(text, undefined);
}

function single(text: string, value: unknown): Container {
  const start = text.length - text.trimStart().length;
  return { kind: "single", documents: [{ start, end: text.length }], value };
}

/**
 * CouchDB's answer to `_all_docs?include_docs=true` (`rows`), to `_find`
 * (`docs`) or to `_changes?include_docs=true` (`results`).
 */
function couchdb(text: string, value: unknown): Container | undefined {
  if (!isObject(value)) return undefined;
  const has = (name: string) => Object.hasOwn(value, name);
  const key = ["rows", "docs", "results"].find((name) =>
    has(name) && Array.isArray(value[name])
  );
  if (key === undefined || has("modules")) return undefined;
  // Other programs have results, too.
  if (key === "results" && !has("last_seq")) return undefined;
  const list = memberAt(text, rootOf(text), key);
  const documents = list === undefined ? [] : elementsAt(text, list) ?? [];
  return { kind: "couchdb", documents, value: undefined };
}

/** One document per line: the first line is a whole one, and there are more. */
function lines(text: string): Container | undefined {
  const documents: Slice[] = [];
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf("\n", start);
    const end = newline === -1 ? text.length : newline;
    if (text.slice(start, end).trim() !== "") documents.push({ start, end });
    start = end + 1;
    if (documents.length === 1 && !isWhole(text, documents[0])) {
      return undefined;
    }
  }
  return documents.length > 1
    ? { kind: "lines", documents, value: undefined }
    : undefined;
}

function isWhole(text: string, line: Slice | undefined): boolean {
  if (line === undefined) return false;
  const source = text.slice(line.start, line.end);
  try {
    const value = JSON.parse(source);
    return typeof value === "object" && value !== null;
  } catch {
    // NaN spoils one line, not the others.
    return /^\s*[{[]/.test(source) && isPython(source);
  }
}

function isPython(source: string): boolean {
  return findSyntaxProblem(source, () => {}) === undefined;
}
