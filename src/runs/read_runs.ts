import { type Container, containerOf, documentIn } from "./container.ts";
import { documentOf, type Entry } from "./couchdb_row.ts";
import { decodeText } from "./decode_text.ts";
import { recogniseForm } from "./document_form.ts";
import type { Issue } from "./issue.ts";
import { pointerAt } from "./json/levels.ts";
import { Lines } from "./json/lines.ts";
import type { Slice } from "./json/slices.ts";
import { findSyntaxProblem } from "./json/syntax.ts";
import {
  notJsonAt,
  PYTHON_NUMBER_FIX,
  readPythonNumbers,
} from "./python_numbers.ts";
import { Run } from "./run.ts";

/** One document of a file: a run, or why it is none. */
export type Reading =
  & {
    /** Which one it is, when the file may hold several: `:LINE`, `#NUMBER`, else "". */
    readonly label: string;
  }
  & ({ readonly run: Run } | Unusable);

/** What is wrong, and the text that it is about, if there is one. */
interface Unusable {
  readonly problem: Issue;
  readonly lines?: Lines;
  /** HardPy's statestore, listed by CouchDB among the runs. */
  readonly isState?: true;
  /** A run but for its NaN and Infinity: nobody may send it. */
  readonly pythonRun?: Run;
  /** Not even NaN and Infinity as numbers would make it JSON. */
  readonly isBroken?: true;
}

export interface ReadOptions {
  /** The bytes are one document of a database, which holds others. */
  readonly isListed?: boolean | undefined;
  /** Also tell the documents of HardPy's statestore that stand among runs. */
  readonly withStates?: boolean;
}

/**
 * The run documents of a file, recognised by what is in it: one document in
 * any form that HardPy stores, an answer of CouchDB (`_all_docs`, `_find` or
 * `_changes`), or one document or row per line; plain or gzip.
 *
 * @param sizeLimit of the text in bytes, so that a small file cannot unpack to a huge one.
 * By default a statestore document among others is not told.
 */
export function readRuns(
  bytes: Uint8Array<ArrayBuffer>,
  sizeLimit: number,
  options: ReadOptions = {},
): Promise<Reading[]> {
  // Nothing waits here that would hold the bytes while their text is parsed.
  return decodeText(bytes, sizeLimit)
    .then((decoded) => readingsIn(decoded, options));
}

function readingsIn(
  decoded: { text: string } | { reason: string },
  { isListed = false, withStates = false }: ReadOptions,
): Reading[] {
  if ("reason" in decoded) {
    const problem = notJson(decoded.reason);
    return [{ label: "", problem, isBroken: true }];
  }
  const { text } = decoded;
  const container = isListed ? documentIn(text) : containerOf(text);
  const lines = new Lines(text);
  const found = container.documents.flatMap((slice) => {
    const one = readOne(lines, slice, { ...container, isListed });
    return one === undefined ? [] : [{ slice, one }];
  });
  const isRun = ({ one }: { one: object }) => !("isState" in one);
  const others = found.filter(isRun);
  // Where there is nothing else, the wrong database was exported.
  const isWrong = others.length === 0 && !isListed;
  const told = withStates ? found : isWrong ? found.slice(0, 1) : others;
  let index = 0;
  return told.map((entry) => {
    // A run has the same number whether or not states are told.
    const label = labelOf(container.kind, lines, { ...entry, index });
    if (isRun(entry)) index++;
    return { label, ...entry.one };
  });
}

function labelOf(
  kind: Container["kind"],
  lines: Lines,
  { slice, index }: { slice: Slice; index: number },
): string {
  if (kind === "couchdb") return `#${index + 1}`;
  if (kind === "single") return "";
  return `:${lines.positionOf(slice.start).line}`;
}

/** Undefined for what CouchDB lists of its own among the documents. */
function readOne(
  lines: Lines,
  slice: Slice,
  { kind, value, isListed }: Container & { readonly isListed: boolean },
): { run: Run } | Unusable | undefined {
  let document = value;
  if (kind !== "single" || value === undefined) {
    const source = lines.text.slice(slice.start, slice.end);
    try {
      document = JSON.parse(source);
    } catch {
      return {
        problem: syntaxProblem(lines, slice),
        lines,
        ...pythonRun(lines, slice, source),
      };
    }
  }
  const isOneOfMany = isListed || kind === "couchdb";
  const entry = { slice, value: document, isListed: isOneOfMany };
  const found = documentOf(lines.text, entry);
  return found && runIn(lines, found);
}

function runIn(
  lines: Lines,
  { slice, value, isListed }: Entry,
): { run: Run } | Unusable {
  const recognised = recogniseForm(value);
  if ("document" in recognised) {
    return { run: new Run(lines, slice, { value: recognised.document }) };
  }
  return {
    problem: {
      ...problemAt(lines, slice.start),
      rule: "not-a-run-document",
      message: `This is not a run document: ${recognised.reason}`,
    },
    lines,
    ...(isListed && recognised.isState && { isState: true }),
  };
}

function pythonRun(
  lines: Lines,
  slice: Slice,
  source: string,
): Pick<Unusable, "pythonRun" | "isBroken"> {
  const python = readPythonNumbers(source);
  if (python === undefined) return { isBroken: true };
  const recognised = recogniseForm(python.value);
  if ("reason" in recognised) return {};
  const pythonNumbers = python.offsets.map((at) => slice.start + at);
  const value = recognised.document;
  return { pythonRun: new Run(lines, slice, { value, pythonNumbers }) };
}

/** The first line of a TOML file: a table header or a key. */
const TOML = /^(?:\s*#.*\n)*\s*(?:\[\[?[A-Za-z_.]+\]\]?\s*$|[A-Za-z_-]+\s*=)/my;

/** What Python writes for numbers that JSON does not have. */
const PYTHON_NUMBER = /^-?(?:NaN|Infinity)/;

function syntaxProblem(lines: Lines, slice: Slice): Issue {
  TOML.lastIndex = 0;
  if (slice.end === lines.text.length && TOML.test(lines.text)) {
    return {
      ...problemAt(lines, slice.start),
      rule: "not-a-run-document",
      message: "This is not a run document: it is a TOML file",
    };
  }
  const source = lines.text.slice(slice.start, slice.end);
  const found = findSyntaxProblem(source) ??
    { offset: 0, message: "the text is too large to be read" };
  const path = pointerAt(source, found.offset);
  return {
    ...problemAt(lines, slice.start + found.offset),
    path,
    message: notJsonAt(found.message, path),
    ...(PYTHON_NUMBER.test(source.slice(found.offset, found.offset + 9)) &&
      { rule: "unsafe-number", fix: PYTHON_NUMBER_FIX }),
  };
}

function problemAt(lines: Lines, offset: number): Issue {
  return { ...notJson(""), ...lines.positionOf(offset) };
}

function notJson(reason: string): Issue {
  return {
    severity: "error",
    rule: "not-json",
    path: "",
    message: `This is not JSON: ${reason}`,
    fix:
      "give the files that HardPy saved: JsonLoader's reports, or storage/runstore/*.json",
    line: 1,
    column: 1,
  };
}
