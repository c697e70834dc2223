import { basename, dirname, join } from "node:path";
import { AppError } from "./app_error.ts";
import { diskFault } from "./disk_fault.ts";
import { removeSurely } from "./move_file.ts";
import { isAbsent } from "./private_folders.ts";
import { tryTemporaryLock } from "./temporary_lock.ts";

/** The right to a file that other computers may want too. */
export interface BesideClaim {
  /** The last holder died, or left it on purpose: it may have been in the middle of something. */
  readonly isLeftOver: boolean;
  /** @param options `isLeft`: the next holder is to know that this one was not sure. */
  release(options?: { isLeft: boolean }): Promise<void>;
}

/** Claims beside files that several computers share. */
export interface SharedFiles {
  /**
   * Takes the claim beside a file: a lock that lasts as long as its holder
   * lives, on this computer and on those that share the folder. "taken":
   * another one holds it. "impossible": the folder gives no locks, or lets
   * nothing be written.
   */
  claim(path: string): Promise<BesideClaim | "taken" | "impossible">;
  /** Removes the claims of dead holders whose files are gone. */
  clear(folder: string): Promise<void>;
}

export const sharedFiles: SharedFiles = { claim, clear };

/** Such a name is never that of a run. */
function claimPath(path: string): string {
  return join(dirname(path), `.${basename(path)}.claim`);
}

const CLAIM_NAME = /^\.(.+)\.claim$/;

async function claim(
  path: string,
): Promise<BesideClaim | "taken" | "impossible"> {
  const beside = claimPath(path);
  // A disk that does not say may hide the claim of a holder that died.
  const isLeftOver = await mayBeThere(beside);
  try {
    const lock = await tryTemporaryLock(beside);
    if (lock === undefined) return "taken";
    return {
      isLeftOver,
      release: async ({ isLeft } = { isLeft: false }) =>
        isLeft ? lock.leave() : await lock[Symbol.asyncDispose](),
    };
  } catch (error) {
    if (!(error instanceof AppError) && !diskFault(error)) throw error;
    // Without a lock there is no claim. Other stands would take its file for one.
    if (!isLeftOver) await removeSurely(beside).catch(() => {});
    return "impossible";
  }
}

async function clear(folder: string): Promise<void> {
  try {
    for await (const { name } of Deno.readDir(folder)) {
      const [, claimed] = CLAIM_NAME.exec(name) ?? [];
      if (claimed === undefined || await mayBeThere(join(folder, claimed))) {
        continue;
      }
      const lock = await tryTemporaryLock(join(folder, name));
      await lock?.[Symbol.asyncDispose]();
    }
  } catch {
    // The next upload of the folder tries it again.
  }
}

/** False only when the disk says that there is no such file. */
async function mayBeThere(path: string): Promise<boolean> {
  return await Deno.lstat(path).then(
    () => true,
    (error) => !isAbsent(error),
  );
}
