import { basename } from "node:path";
import type { System } from "../../system/system.ts";
import { isStdin } from "../../system/terminal.ts";
import { DOCUMENTS } from "../../sources/bundle_names.ts";
import { storedDocuments } from "../../sources/couchdb/stored_documents.ts";
import { type Places, RUN_FILES } from "../../sources/find_runs.ts";
import { MOVED_FOLDERS } from "../../sources/moved_folders.ts";

export interface LookingOptions {
  /** Pass over the folders into which finished files are moved. */
  readonly skipsMoved: boolean;
}

/** How many files the arguments mean; 0 when that cannot be said. */
export async function countFiles(
  system: System,
  { paths, databases }: Places,
  options: LookingOptions,
): Promise<number> {
  let count = 0;
  const looking = { ...lookingFor(options), onSkip: () => {} };
  try {
    for (const path of paths) {
      if (isStdin(path)) count++;
      else {
        const files = system.inputFiles.walk(path, looking);
        for await (const _ of files) count++;
      }
    }
    for (const couchDb of databases) {
      for await (const _ of storedDocuments(couchDb)) count++;
    }
    return count;
  } catch {
    // The upload itself meets the same folder, and says what is wrong with it.
    return 0;
  }
}

/** Run files that no bundle holds. */
export function lookingFor({ skipsMoved }: LookingOptions): {
  accepts(name: string, folder: string): boolean;
  enters(path: string): boolean;
} {
  return {
    ...RUN_FILES,
    enters(path) {
      const name = basename(path);
      // A bundle is checked as a whole, when it is named itself.
      return RUN_FILES.enters(path) && name !== DOCUMENTS &&
        !(skipsMoved && MOVED.includes(name));
    },
  };
}

export const MOVED: readonly string[] = Object.values(MOVED_FOLDERS);
