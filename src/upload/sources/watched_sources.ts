import { basename, dirname, join } from "node:path";
import { AppError } from "../../system/app_error.ts";
import type { FoundFile } from "../../system/input_files.ts";
import type { System } from "../../system/system.ts";
import type { FileSource, LiveSource, OnDisk } from "./upload_source.ts";
import { watchSources } from "./watch.ts";
import { fileSource, liveSource } from "./file_source.ts";
import {
  type FileKind,
  isHistoryName,
  isRunstore,
} from "../../sources/hardpy_files.ts";
import { type FindOptions, lookingFor } from "./named_sources.ts";

/** HardPy's records of its current runs, and all other files. */
interface Watched {
  /** Whole paths, without links. */
  readonly folders: readonly string[];
  readonly sources: AsyncIterable<FileSource>;
  readonly live: AsyncIterable<LiveSource>;
}

export interface WatchedOptions
  extends Pick<FindOptions, "isTracked" | "skipsMoved"> {
  /** Told what cannot be looked into, once until it can be again. */
  warn(reason: string): void;
}

/**
 * The files of folders and all that come into them, until the program is
 * interrupted.
 *
 * @throws `usage` when a path is no folder.
 */
export async function watchedSources(
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
    const within = folders.find((folder) => path.startsWith(folder));
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
