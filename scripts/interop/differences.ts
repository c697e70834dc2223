import type { SchemaProblem } from "../../src/runs/schema/problem.ts";
import type { Version } from "./versions.ts";

/** A judgement of HardPy with which ours does not agree. */
export interface Disagreement {
  readonly version: Version;
  readonly document: unknown;
  readonly problems: readonly SchemaProblem[];
  readonly accepted: boolean | null;
  readonly why: readonly string[];
}

interface VerdictDifference {
  readonly name: string;
  readonly reason: string;
  readonly explains: (disagreement: Disagreement) => boolean;
}

/** Every way in which `checkSchema` and HardPy's models judge differently, and why we leave it so. */
export const VERDICT_DIFFERENCES: readonly VerdictDifference[] = [
  {
    name: "python-cannot-read",
    reason: "Python's own JSON reader gives up (nesting, integers of more " +
      "than 4300 digits) before any model sees the document; we take it where it fits",
    explains: ({ accepted }) => accepted === null,
  },
  {
    name: "float-beyond-64-bits",
    reason: "where a whole number is wanted, pydantic refuses 1e19 but takes " +
      "10000000000000000000; parsed, both are one number, so we take both",
    explains: ({ accepted, problems, why }) =>
      accepted === false && problems.length === 0 &&
      why.every((found) => found.endsWith(" int_parsing_size")),
  },
  {
    name: "not-a-number-in-text",
    reason: 'pydantic takes the texts "nan" and "inf" for a number, which ' +
      "HardPy then fails to send because JSON has no such number; we refuse them",
    explains: (disagreement) =>
      saysEach(disagreement, /^\s*[+-]?(?:nan|inf|infinity)\s*$/i),
  },
  {
    name: "zero-before-a-sign",
    reason: 'pydantic drops leading zeros and underscores first, so "0-3" is ' +
      '-3 to it and "0__5" is 5; both are mistakes that we report',
    explains: (disagreement) =>
      saysEach(disagreement, /^\s*[+-]?0[0_]*(?:-|_)[\d_]*(?:\.0*)?\s*$/),
  },
  {
    name: "revision-of-a-waiting-report",
    reason: "HardPy throws the `rev` of a waiting report away unread, since " +
      "the storage's `_rev` is there too; we send `rev`, so we check it",
    explains: ({ accepted, problems, document }) =>
      accepted === true && Object.hasOwn(document as object, "_rev") &&
      problems.every(({ path }) => path === "/rev"),
  },
];

/** Whether HardPy takes a document of which each problem of ours is a text of this form. */
function saysEach(
  { accepted, problems, document }: Disagreement,
  form: RegExp,
): boolean {
  return accepted === true && problems.every(({ path, kind }) => {
    const value = valueAt(document, path);
    return kind === "wrong-value" && typeof value === "string" &&
      form.test(value);
  });
}

function valueAt(document: unknown, pointer: string): unknown {
  return pointer.split("/").slice(1).reduce(
    (inner: unknown, key) =>
      (inner as Record<string, unknown>)[
        key.replaceAll("~1", "/").replaceAll("~0", "~")
      ],
    document,
  );
}
