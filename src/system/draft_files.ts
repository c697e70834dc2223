import { basename, dirname, join } from "node:path";
import { removeSurely } from "./move_file.ts";
import { spareHandle } from "./spare_handle.ts";

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const NAME_CHARACTERS = 100;
/** In a folder that is being written: locked by the process that writes. Archives pass over such names. */
const HOLD = ".writing";

/** A name for what becomes the file or folder of `path` once it is whole. */
export function draftBeside(path: string): string {
  return join(dirname(path), prefixOf(path) + crypto.randomUUID());
}

function prefixOf(path: string): string {
  return `.${basename(path).slice(0, NAME_CHARACTERS)}.`;
}

/**
 * Makes the file of a draft. It is locked for as long as it is open, by which
 * others see that its process lives.
 */
export async function openDraft(
  path: string,
  options: { mode?: number } = {},
): Promise<Deno.FsFile> {
  const file = await spareHandle(
    path,
    () => Deno.open(path, { write: true, createNew: true, ...options }),
  );
  await hold(file);
  return file;
}

/** The same for a folder; the lock lies in it. */
export async function makeDraftFolder(path: string): Promise<Disposable> {
  await Deno.mkdir(path);
  try {
    return await openDraft(join(path, HOLD));
  } catch (error) {
    await Deno.remove(path).catch(() => {});
    throw error;
  }
}

/** The folder has its own name now: the lock is not needed any more. */
export async function endHold(folder: string): Promise<void> {
  await removeSurely(join(folder, HOLD)).catch(() => {});
}

/** Some shares have no locks: there drafts of killed processes stay. */
async function hold(file: Deno.FsFile): Promise<boolean> {
  return await file.tryLock(true).catch(() => false);
}

/** Takes away the drafts for `path` whose processes were killed. Nothing is said of those that stay. */
export async function tidyDrafts(path: string): Promise<void> {
  const prefix = prefixOf(path);
  const folder = dirname(path);
  try {
    for await (const { name, isFile, isDirectory } of Deno.readDir(folder)) {
      const isDraft = name.startsWith(prefix) &&
        UUID.test(name.slice(prefix.length));
      const draft = join(folder, name);
      if (isDraft && isFile) await removeUnheld(draft, draft);
      else if (isDraft && isDirectory) {
        await removeUnheld(join(draft, HOLD), draft);
      }
    }
  } catch {
    // The work itself tells what is wrong with the folder.
  }
}

async function removeUnheld(held: string, draft: string): Promise<void> {
  try {
    // Never through a link that stands at the name.
    if (!(await Deno.lstat(held)).isFile) return;
    using file = await Deno.open(held, { read: true, write: true });
    if (!await hold(file)) return;
    if (Deno.build.os === "windows") file.close();
    await removeSurely(draft, { recursive: true });
  } catch (error) {
    const isBare = error instanceof Deno.errors.NotFound;
    // A folder without the lock holds nothing yet, or it is not removed.
    if (isBare && held !== draft) await Deno.remove(draft).catch(() => {});
  }
}
