import { basename, dirname, join } from "node:path";
import { AppError } from "../../system/app_error.ts";
import type { FoundFile } from "../../system/input_files.ts";
import { liesBelow } from "../../system/lies_below.ts";
import type { System } from "../../system/system.ts";
import type { CouchDb } from "../../sources/couchdb/couchdb.ts";
import { noDatabase } from "../../sources/couchdb/couchdb_error.ts";
import type { StoredDocument } from "../../sources/couchdb/stored_documents.ts";
import type { Places } from "../../sources/find_runs.ts";
import { followDatabases } from "./follow_databases.ts";
import type { SequenceStore } from "./followed_database.ts";
import { merged } from "./merged.ts";
import type {
  CouchdbSource,
  FileSource,
  LiveSource,
  OnDisk,
} from "./upload_source.ts";
import { watchSources } from "./watch.ts";
import { fileSource, liveSource } from "./file_source.ts";
import {
  type FileKind,
  isHistoryName,
  isRunstore,
} from "../../sources/hardpy_files.ts";
import type { FindOptions } from "./named_sources.ts";
import { lookingFor } from "./looking_for.ts";

/** HardPy's records of its current runs, and all other files and documents. */
interface Watched {
  /** Whole paths, without links, and databases. */
  readonly folders: readonly string[];
  readonly sources: AsyncIterable<FileSource | CouchdbSource>;
  readonly live: AsyncIterable<LiveSource | CouchdbSource>;
}

export interface WatchedOptions
  extends Pick<FindOptions, "isTracked" | "skipsMoved"> {
  /** Told what cannot be looked into, once until it can be again. */
  warn(reason: string): void;
  /** Undefined: all documents of databases are looked at again. */
  readonly sequences: SequenceStore | undefined;
}

/**
 * The files of folders, the documents of databases and all that come into them,
 * until the program is interrupted.
 *
 * @throws `usage` when a path is no folder, and what a database says that is
 * not only away.
 */
export async function watchedSources(
  system: System,
  { paths, databases }: Places,
  options: WatchedOptions,
): Promise<Watched> {
  for (const couchDb of databases) await requireUsable(couchDb);
  const watched = databases.map((couchDb) =>
    watchedDatabase(system, couchDb, options)
  );
  if (paths.length > 0) {
    watched.unshift(await watchedFolders(system, paths, options));
  }
  return {
    folders: watched.flatMap(({ folders }) => folders),
    sources: merged(watched.map(({ sources }) => sources)),
    live: merged(watched.map(({ live }) => live)),
  };
}

/** A server that is away may come back. */
async function requireUsable(couchDb: CouchDb): Promise<void> {
  try {
    for (const database of couchDb.databases) {
      const isThere = await couchDb.state(database) !== undefined;
      if (!isThere && couchDb.url.database !== undefined) {
        throw noDatabase(couchDb.url);
      }
    }
  } catch (error) {
    const isAway = error instanceof AppError && error.code === "unreachable";
    if (!isAway) throw error;
  }
}

function watchedDatabase(
  system: System,
  couchDb: CouchDb,
  { warn, sequences }: WatchedOptions,
): Watched {
  const isRecord = ({ form }: StoredDocument) => form === "record";
  return {
    folders: [couchDb.url.name],
    sources: followDatabases(system, couchDb, {
      wants: (document) => !isRecord(document),
      isLater: ({ isHistory }) => isHistory,
      sequences,
      onAway: warn,
    }),
    // Looked at again at each start: a stand has one.
    live: followDatabases(system, couchDb, {
      wants: isRecord,
      isLater: () => false,
      // Both ask the same server.
      onAway: () => {},
    }),
  };
}

async function watchedFolders(
  system: System,
  paths: readonly string[],
  options: WatchedOptions,
): Promise<Watched> {
  const folders: string[] = [];
  for (const path of paths) {
    const folder = await system.inputFiles.folder(path);
    if (folder === undefined) throw noFolder(path);
    folders.push(folder);
  }
  const looking = lookingFor(options);
  const kindOf = (path: string): FileKind => {
    if (!isRunstore(dirname(path))) return "other";
    return isHistoryName(basename(path)) ? "history" : "record";
  };
  const watchOf = <Source extends OnDisk>(
    isLive: boolean,
    sourceOf: (path: string) => Source,
  ) =>
    watchSources<Source>(system, {
      folders,
      ...looking,
      accepts: (name, folder) =>
        (kindOf(join(folder, name)) === "record") === isLive &&
        looking.accepts(name, folder),
      isLater: isHistoryName,
      sourceOf,
      // Both look into the same folders.
      onSkip: (reason) => isLive || options.warn(reason),
    });
  const found = (path: string): FoundFile => {
    const within = folders.find((folder) => liesBelow(path, folder));
    return { path, isFound: true, ...(within !== undefined && { within }) };
  };
  return {
    folders,
    sources: watchOf(
      false,
      (path) =>
        fileSource(system, found(path), { ...options, kind: kindOf(path) }),
    ),
    live: watchOf(
      true,
      (path) => liveSource(system, found(path), { ...options, place: path }),
    ),
  };
}

function noFolder(path: string): AppError {
  return new AppError("usage", `--watch needs folders, and "${path}" is none`, {
    hints: ["make the folder first, or leave out --watch"],
  });
}
