import { dirname } from "node:path";
import { AppError } from "./app_error.ts";
import type { NewArchive } from "./archive.ts";
import { unwritable } from "./disk_fault.ts";
import { draftBeside, tidyDrafts } from "./draft_files.ts";
import { removeSurely } from "./move_file.ts";
import { syncFolder } from "./sync_folder.ts";

/** How an archive is written under a name that nobody looks for. */
export interface Draft {
  add(name: string, content: Uint8Array): Promise<void>;
  /** Everything is on the disk when it resolves. */
  complete(): Promise<void>;
  /** After it was completed, or instead. */
  close(): void;
  /** The name is free until then, and taken in one step. */
  rename(from: string, to: string): Promise<void>;
  /** Takes away what only a draft needs. */
  named(path: string): Promise<void>;
}

/**
 * Begins an archive that gets its name when it is complete.
 *
 * @param open makes the draft at a path beside the one that is meant.
 * @throws `output_unwritable`, also when there is something of that name.
 */
export async function beginArchive(
  path: string,
  open: (path: string) => Promise<Draft>,
): Promise<NewArchive> {
  const temporary = draftBeside(path);
  const draft = await orUnwritable(path, async () => {
    await requireFree(path);
    await tidyDrafts(path);
    return await open(temporary);
  });
  let isFinished = false;
  return {
    add: (name, content) => orUnwritable(path, () => draft.add(name, content)),
    finish: () =>
      orUnwritable(path, async () => {
        await draft.complete();
        // Windows renames nothing that is open; elsewhere the lock lasts until then.
        if (Deno.build.os === "windows") draft.close();
        await draft.rename(temporary, path);
        isFinished = true;
        draft.close();
        await draft.named(path);
        await syncFolder(dirname(path)).catch(() => {});
      }),
    async [Symbol.asyncDispose]() {
      if (isFinished) return;
      draft.close();
      await removeSurely(temporary, { recursive: true }).catch(() => {});
    },
  };
}

async function requireFree(path: string): Promise<void> {
  try {
    await Deno.lstat(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    throw error;
  }
  throw alreadyThere(path);
}

export function alreadyThere(path: string): AppError {
  return new AppError("output_unwritable", `"${path}" is already there`, {
    hints: ["give a name that is free: nothing is overwritten"],
  });
}

async function orUnwritable<T>(
  path: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw unwritable(path, error);
  }
}
