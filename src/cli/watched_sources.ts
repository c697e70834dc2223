import { basename, dirname } from "node:path";
import { AppError } from "../system/app_error.ts";
import type { UploadSource } from "../upload/upload_source.ts";
import { watchSources } from "../upload/watch.ts";
import type { CommonFlags } from "./flags.ts";
import { fileSource } from "./file_source.ts";
import { type FileKind, isHistoryName, isRunstore } from "./hardpy_files.ts";
import type { CommandInput } from "./session.ts";
import { type FindOptions, lookingFor } from "./upload_sources.ts";

/** HardPy's records of its current runs, and all other files. */
interface Watched {
  readonly sources: AsyncIterable<UploadSource>;
  readonly live: AsyncIterable<UploadSource>;
}

/**
 * The files of folders and all that come into them, until the program is
 * interrupted.
 *
 * @throws `usage` when a path is no folder.
 */
export async function watchedSources(
  input: CommandInput<CommonFlags>,
  paths: readonly string[],
  options: FindOptions,
): Promise<Watched> {
  const { system, output } = input;
  const folders: string[] = [];
  for (const path of paths) {
    const folder = await system.inputFiles.folder(path);
    if (folder === undefined) throw noFolder(path);
    folders.push(folder);
  }
  const looking = lookingFor(options);
  const sources = (isLive: boolean) =>
    watchSources(system, {
      folders,
      ...looking,
      accepts: (name, folder) =>
        (kindOf(name, folder) === "record") === isLive &&
        looking.accepts(name, folder),
      isLater: isHistoryName,
      sourceOf: (path) => {
        const kind = kindOf(basename(path), dirname(path));
        const found = { path, isFound: true };
        return fileSource(system, found, { ...options, kind });
      },
      // Both look into the same folders.
      onSkip: (reason) => isLive || output.warn(reason),
    });
  return { sources: sources(false), live: sources(true) };
}

function kindOf(name: string, folder: string): FileKind {
  if (!isRunstore(folder)) return "other";
  return isHistoryName(name) ? "history" : "record";
}

function noFolder(path: string): AppError {
  return new AppError("usage", `--watch needs folders, and "${path}" is none`, {
    hints: ["make the folder first, or leave out --watch"],
  });
}
