import { AppError, messageOf } from "../system/app_error.ts";
import { isStdin } from "../system/terminal.ts";
import type { System } from "../system/system.ts";
import type { RunSource } from "../runs/examine.ts";
import { SIZE_LIMIT } from "../runs/size_limit.ts";

/**
 * The sources that the arguments mean: files, folders (all run files below
 * them) and "-" for stdin. Each file once, however often it is named.
 *
 * @throws `input_unreadable`
 */
export async function findRunSources(
  system: System,
  paths: readonly string[],
): Promise<RunSource[]> {
  const sources = new Map<string, RunSource>();
  for (const path of paths) {
    const found = isStdin(path)
      ? ["-"]
      : await system.inputFiles.find(path, isRunFile);
    if (found.length === 0) throw noRuns(path);
    for (const name of found) sources.set(name, source(system, name));
  }
  return [...sources.values()];
}

const EXTENSIONS = [".json", ".json.gz", ".jsonl", ".ndjson"];

function isRunFile(name: string): boolean {
  return EXTENSIONS.some((extension) => name.toLowerCase().endsWith(extension));
}

function source(system: System, name: string): RunSource {
  return {
    name,
    async read() {
      try {
        const bytes = name === "-"
          ? await system.terminal.readStdin(SIZE_LIMIT)
          : await system.inputFiles.read(name, SIZE_LIMIT);
        return bytes.length > SIZE_LIMIT
          ? { reason: `"${name}" is too large` }
          : { bytes };
      } catch (error) {
        return { reason: messageOf(error) };
      }
    },
  };
}

function noRuns(path: string): AppError {
  return new AppError(
    "input_unreadable",
    `"${path}" holds no run documents (*.json)`,
    {
      hints: [
        "HardPy saves them in storage/runstore below its storage folder, or in JsonLoader's reports folder",
      ],
    },
  );
}
