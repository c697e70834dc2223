import { basename, dirname, resolve } from "node:path";
import { AppError, messageOf } from "../system/app_error.ts";
import { isStdin } from "../system/terminal.ts";
import { DiskFault } from "../system/disk_fault.ts";
import type { ReadOptions } from "../system/read_input.ts";
import { TooManyOpen } from "../system/spare_handle.ts";
import type { System } from "../system/system.ts";
import type { RunSource } from "../runs/examine.ts";
import { SIZE_LIMIT } from "../runs/size_limit.ts";
import { isCourierFile } from "./bundle_names.ts";
import type { CouchDb } from "./couchdb/couchdb.ts";
import { storedDocuments } from "./couchdb/stored_documents.ts";
import { ANSWER, MOVED_FOLDERS } from "./moved_folders.ts";

/** What the arguments of a command name. */
export interface Places {
  /** Files, folders, and "-" for stdin. */
  readonly paths: readonly string[];
  /** HardPy's databases. */
  readonly databases: readonly CouchDb[];
}

/** As they were typed, but without passwords. */
export function placeNames({ paths, databases }: Places): string[] {
  return [...paths, ...databases.map(({ url }) => url.name)];
}

/**
 * The sources that the arguments mean: files, folders (all run files below
 * them), "-" for stdin, and the documents of databases. Each once, however
 * often it is named. A folder that cannot be read, below one that can, is a
 * source that cannot be read.
 *
 * @throws `input_unreadable`, and what a database says.
 */
export async function findRunSources(
  system: System,
  { paths, databases }: Places,
  note: Note,
): Promise<RunSource[]> {
  const sources = new Map<string, RunSource>();
  for (const path of paths) {
    const found = isStdin(path)
      ? [runSource(system, "-")]
      : await findFiles(system, path, note);
    // A shell's pattern names those of bundles too.
    if (found.length === 0 && !isCourierFile(path)) throw noRuns(path);
    for (const one of found) sources.set(one.name, one);
  }
  for (const couchDb of databases) {
    const before = sources.size;
    for await (const one of storedDocuments(couchDb)) {
      sources.set(one.name, one);
    }
    if (sources.size === before) throw noDocuments(couchDb);
  }
  const [first = ""] = paths;
  if (sources.size === 0) throw noRuns(first);
  return [...sources.values()];
}

async function findFiles(
  system: System,
  path: string,
  note: Note,
): Promise<RunSource[]> {
  const unreadable: RunSource[] = [];
  let links = 0;
  const files = await Array.fromAsync(system.inputFiles.walk(path, {
    ...RUN_FILES,
    onSkip({ path: name, reason, isDiskFault = false }) {
      if (reason === undefined) return void links++;
      const read = () => Promise.resolve({ reason, isDiskFault });
      unreadable.push({ name, read });
    },
  }));
  noteLinks(path, links, note);
  const runs = files.filter((file) => !isCourierFile(file.path))
    .toSorted((a, b) => a.path < b.path ? -1 : 1)
    .map((file) => runSource(system, file.path, file));
  return [...runs, ...unreadable];
}

/** Told what a person may want to know and a script does not. */
export type Note = (text: string) => void;

export function noteLinks(path: string, links: number, note: Note): void {
  if (links > 0) note(`in "${path}" ${counted(links, "link")} not followed`);
}

/** `1 link was`, `2 links were`. */
export function counted(count: number, noun: string): string {
  return count === 1 ? `1 ${noun} was` : `${count} ${noun}s were`;
}

const EXTENSIONS = [".json", ".json.gz", ".jsonl", ".ndjson"];

/** By its name. macOS puts `._NAME` beside a file on other file systems: that is no run. */
export function isRunFile(name: string): boolean {
  return !isCourierFile(name) && !basename(name).startsWith("._") &&
    EXTENSIONS.some((extension) => name.toLowerCase().endsWith(extension));
}

/** What in a folder may be a run, and which of HardPy's folders hold none. */
export const RUN_FILES = {
  // An answer of StandCloud's; elsewhere it is a run with an odd name.
  accepts: (name: string, folder: string): boolean =>
    isRunFile(name) && !(name.endsWith(ANSWER) &&
      basename(resolve(folder)) === MOVED_FOLDERS.rejected),
  enters: (path: string): boolean =>
    basename(path) !== "statestore" || basename(dirname(path)) !== "storage",
};

export interface RunSourceOptions extends ReadOptions {
  /** In bytes. Default: what a text of the engine can hold. */
  readonly limit?: number;
}

export function runSource(
  system: System,
  name: string,
  { limit = SIZE_LIMIT, within }: RunSourceOptions = {},
): RunSource {
  return {
    name,
    async read() {
      try {
        const bytes = name === "-"
          ? await system.terminal.readStdin(limit)
          : await system.inputFiles.read(name, limit, { within });
        return bytes.length > limit
          ? { reason: `"${name}" is too large` }
          : { bytes };
      } catch (error) {
        // Sound documents are not called unreadable.
        if (error instanceof TooManyOpen) throw error;
        const reason = messageOf(error);
        return error instanceof DiskFault
          ? { reason, isDiskFault: true }
          : { reason };
      }
    },
  };
}

/** A database that means nothing. */
export function noDocuments({ url }: CouchDb): AppError {
  return new AppError("input_unreadable", `${url.name} holds no documents`, {
    hints: [
      "HardPy stores runs in the databases report, runstore and tempstore",
    ],
  });
}

/** A path that means nothing. */
export function noRuns(path: string): AppError {
  return new AppError(
    "input_unreadable",
    `"${path}" holds no run documents (*.json)`,
    {
      hints: [
        isCourierFile(path)
          ? "it goes with a bundle; standcloud history import takes receipts"
          : "HardPy saves them in storage/runstore below its storage folder, or in JsonLoader's reports folder",
      ],
    },
  );
}
