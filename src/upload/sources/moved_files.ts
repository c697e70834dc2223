import { basename, dirname, join } from "node:path";
import { readRuns } from "../../runs/read_runs.ts";
import { SIZE_LIMIT } from "../../runs/size_limit.ts";
import { AppError } from "../../system/app_error.ts";
import { DiskFault } from "../../system/disk_fault.ts";
import type { System } from "../../system/system.ts";
import { MOVED_FOLDERS } from "../../sources/moved_folders.ts";

type MovedFolder = keyof typeof MOVED_FOLDERS;

/**
 * Finds the files of runs again, where `--after move` put them too. There a file
 * may have another name, and at its old path may be another run: so what is in
 * a file decides. Each folder is listed and each file read once.
 */
export class MovedFiles {
  readonly #system: System;
  /** Paths in a `rejected/` or `uploaded/`, by the names that they may have had before. */
  readonly #folders = new Map<string, ReadonlyMap<string, string[]>>();
  readonly #digests = new Map<string, ReadonlySet<string>>();

  constructor(system: System) {
    this.#system = system;
  }

  /** The file with the run of that digest, which once was at `path`. */
  async find(
    path: string,
    digest: string,
    { movedTo = "rejected" }: { movedTo?: MovedFolder } = {},
  ): Promise<string | undefined> {
    const name = MOVED_FOLDERS[movedTo];
    const moved = await this.#namesIn(join(dirname(path), name));
    for (const one of [path, ...moved.get(basename(path)) ?? []]) {
      if ((await this.#digestsIn(one)).has(digest)) return one;
    }
    return undefined;
  }

  async #namesIn(folder: string): Promise<ReadonlyMap<string, string[]>> {
    const known = this.#folders.get(folder);
    if (known !== undefined) return known;
    const names = new Map<string, string[]>();
    this.#folders.set(folder, names);
    const files = this.#system.inputFiles.walk(folder, {
      accepts: () => true,
      // An upload of the folder itself moves them once more.
      enters: (path) => basename(path) === basename(folder),
      onSkip: () => {},
    });
    await unlessUnreadable(async () => {
      for await (const { path } of files) {
        const name = basename(path);
        for (const old of new Set([name, name.replace(FREE_NAME, "$1")])) {
          const paths = names.get(old);
          if (paths === undefined) names.set(old, [path]);
          else paths.push(path);
        }
      }
    });
    return names;
  }

  async #digestsIn(path: string): Promise<ReadonlySet<string>> {
    const known = this.#digests.get(path);
    if (known !== undefined) return known;
    const digests = new Set<string>();
    this.#digests.set(path, digests);
    await unlessUnreadable(async () => {
      const bytes = await this.#system.inputFiles.read(path, SIZE_LIMIT);
      for (const reading of await readRuns(bytes, SIZE_LIMIT)) {
        if (!("run" in reading)) continue;
        digests.add(reading.run.digest());
        for (const former of reading.run.formerDigests()) digests.add(former);
      }
    });
    return digests;
  }
}

/**
 * A file that is not there, or is no run file, holds no run. A disk that fails
 * is told, because the file may hold the run all the same.
 */
async function unlessUnreadable(action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    if (!(error instanceof AppError) || error instanceof DiskFault) throw error;
  }
}

/** The number that made a name free. */
const FREE_NAME = /\.\d+((?:\.json)?\.[^.]+)?$/;
