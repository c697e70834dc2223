import { AppError } from "../system/app_error.ts";
import { tooLarge } from "../system/input_files.ts";
import type { System } from "../system/system.ts";

/** One run document to look at. */
export interface RunSource {
  /** A path as the user would write it, or "-" for stdin. */
  readonly name: string;
  read(): Promise<Uint8Array>;
}

/** A string of the JavaScript engine cannot hold much more than 500 MiB. */
const SIZE_LIMIT = 400 * 1024 * 1024;

/**
 * The run documents that the arguments mean: files, folders (all `*.json`
 * below them) and "-" for stdin. Each file once, however often it is named.
 *
 * @throws `input_unreadable`
 */
export async function findRuns(
  system: System,
  paths: readonly string[],
): Promise<RunSource[]> {
  const sources = new Map<string, RunSource>();
  for (const path of paths) {
    if (path === "-") sources.set(path, stdin(system));
    else {
      const found = await system.inputFiles.find(path, isRunFile);
      if (found.length === 0) {
        throw new AppError(
          "input_unreadable",
          `"${path}" holds no run documents (*.json)`,
          {
            hints: [
              "HardPy saves them in storage/runstore below its storage folder, or in JsonLoader's reports folder",
            ],
          },
        );
      }
      for (const file of found) sources.set(file, fileSource(system, file));
    }
  }
  return [...sources.values()];
}

function isRunFile(name: string): boolean {
  return name.toLowerCase().endsWith(".json");
}

function fileSource(system: System, path: string): RunSource {
  return { name: path, read: () => system.inputFiles.read(path, SIZE_LIMIT) };
}

function stdin(system: System): RunSource {
  return {
    name: "-",
    async read() {
      const content = await system.terminal.readStdin(SIZE_LIMIT);
      if (content.length > SIZE_LIMIT) throw tooLarge("-", SIZE_LIMIT);
      return content;
    },
  };
}
