import { basename, dirname, join } from "node:path";
import { AppError, messageOf } from "./app_error.ts";
import type { NewArchive } from "./archive.ts";

/** How an archive is written under a name that nobody looks for. */
export interface Draft {
  add(name: string, content: Uint8Array): Promise<void>;
  /** Everything is on the disk when it resolves. */
  complete(): Promise<void>;
  /** After it was completed, or instead. */
  close(): void;
  /** The name is free until then, and taken in one step. */
  rename(from: string, to: string): Promise<void>;
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
  const temporary = join(
    dirname(path),
    `.${basename(path).slice(0, 100)}.${crypto.randomUUID()}`,
  );
  const draft = await orUnwritable(path, async () => {
    await requireFree(path);
    return await open(temporary);
  });
  let isFinished = false;
  return {
    add: (name, content) => orUnwritable(path, () => draft.add(name, content)),
    finish: () =>
      orUnwritable(path, async () => {
        await draft.complete();
        draft.close();
        await draft.rename(temporary, path);
        isFinished = true;
      }),
    async [Symbol.asyncDispose]() {
      if (isFinished) return;
      draft.close();
      await Deno.remove(temporary, { recursive: true }).catch(() => {});
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
    if (error instanceof AppError) throw error;
    const why = error instanceof Deno.errors.NotFound
      ? "there is no such folder"
      : error instanceof Deno.errors.PermissionDenied
      ? "permission denied"
      : messageOf(error);
    throw new AppError("output_unwritable", `Cannot write "${path}": ${why}`, {
      cause: error,
    });
  }
}
