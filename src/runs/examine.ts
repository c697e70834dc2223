import { checkRun } from "./check_run.ts";
import type { Issue } from "./issue.ts";
import type { Lines } from "./json/lines.ts";
import { type Reading, type ReadOptions, readRuns } from "./read_runs.ts";
import type { CheckOptions } from "./rules/run_view.ts";
import type { Run } from "./run.ts";
import { SIZE_LIMIT } from "./size_limit.ts";

/** A file, stdin or a document of a database that should hold run documents. */
export interface RunSource {
  /** A path as the user would write it, "-" for stdin, or a URL. */
  readonly name: string;
  /** It is one document of a database: what is no run there is not told. */
  readonly isListed?: boolean;
  /** The file that the stand had put into a bundle. */
  readonly original?: string;
  read(): Promise<{ bytes: Uint8Array<ArrayBuffer> } | Unread>;
}

/** Why there are no bytes. */
export interface Unread {
  readonly reason: string;
  /** The disk or the system has failed: that says nothing of the run. */
  readonly isDiskFault?: boolean;
}

/** One document of a source, and what the rules say of it. */
export interface Examined {
  /** The name of its file, with `:LINE` or `#NUMBER` when that holds several. */
  readonly source: string;
  readonly file: string;
  /** The file that the stand had put into a bundle. */
  readonly original?: string | undefined;
  /** Undefined when it is no run document. */
  readonly run: Run | undefined;
  /** What the issues' places are in; undefined when it cannot be read as text. */
  readonly text: string | undefined;
  /** The lines of the text. */
  readonly lines?: Lines | undefined;
  readonly issues: readonly Issue[];
  /** False when not even the file could be read. */
  readonly isReadable: boolean;
  /** Why the disk or the system did not give it: nobody knows whether the run is valid. */
  readonly diskFault?: string | undefined;
}

export interface ExamineOptions extends CheckOptions {
  /** Waited for when the documents are read, before they are checked. */
  rest?(): Promise<void>;
}

/** Reads and checks all documents of a source. Bad ones come back as such; nothing is thrown. */
export async function examine(
  source: RunSource,
  { rest, ...options }: ExamineOptions = {},
): Promise<Examined[]> {
  try {
    const readings = await readingsOf(source);
    await rest?.();
    if ("reason" in readings) return [unreadable(source, readings)];
    return readings.map((reading) => ({
      source: source.name + reading.label,
      file: source.name,
      ...originalOf(source),
      isReadable: true,
      ..."run" in reading
        ? {
          run: reading.run,
          text: reading.run.text,
          lines: reading.run.lines,
          issues: checkRun(reading.run, options),
        }
        : {
          run: undefined,
          text: reading.lines?.text,
          lines: reading.lines,
          issues: reading.pythonRun === undefined
            ? [reading.problem]
            : checkRun(reading.pythonRun, options),
        },
    }));
  } catch (error) {
    // The engine's own limits: the length of a string, the depth of nesting.
    if (!(error instanceof RangeError)) throw error;
    const reason = "The file is too large or nested too deep";
    return [unreadable(source, { reason })];
  }
}

/**
 * The documents of a source, or why it cannot be read. Without waiting in a
 * function that holds the bytes: the text may be as large again.
 */
export function readingsOf(
  source: RunSource,
  options: Pick<ReadOptions, "withStates"> = {},
): Promise<Reading[] | Unread> {
  return source.read().then<Reading[] | Unread>((read) =>
    "reason" in read
      ? read
      : readRuns(read.bytes, SIZE_LIMIT, { ...source, ...options })
  );
}

function originalOf({ original }: RunSource): Pick<Examined, "original"> {
  return original === undefined ? {} : { original };
}

function unreadable(
  source: RunSource,
  { reason, isDiskFault = false }: Unread,
): Examined {
  const { name } = source;
  return {
    source: name,
    file: name,
    ...originalOf(source),
    run: undefined,
    text: undefined,
    isReadable: false,
    diskFault: isDiskFault ? reason : undefined,
    issues: isDiskFault ? [] : [{
      severity: "error",
      rule: "unreadable",
      path: "",
      message: reason,
      fix: "check the path and the permissions of the file",
      line: 1,
      column: 1,
    }],
  };
}
