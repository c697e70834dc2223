import { dirname, join } from "node:path";
import type { NewArchive } from "./archive.ts";
import { endHold, makeDraftFolder } from "./draft_files.ts";
import { moveFile } from "./move_file.ts";
import { beginArchive, type Draft } from "./new_archive.ts";
import { spareHandle } from "./spare_handle.ts";
import { syncFolder } from "./sync_folder.ts";

/**
 * Begins a folder with a file for each content. Names are the program's own.
 *
 * @throws `output_unwritable`
 */
export function newFolder(path: string): Promise<NewArchive> {
  return beginArchive(path, draftAt);
}

async function draftAt(path: string): Promise<Draft> {
  const hold = await makeDraftFolder(path);
  const files: string[] = [];
  let isHeld = true;
  return {
    async add(name, content) {
      const file = join(path, name);
      await Deno.mkdir(dirname(file), { recursive: true });
      const options = { createNew: true };
      await spareHandle(file, () => Deno.writeFile(file, content, options));
      files.push(file);
    },
    // At the end: by then the system has written most of them by itself.
    complete: () => syncAll(path, files),
    close() {
      if (isHeld) hold[Symbol.dispose]();
      isHeld = false;
    },
    // A folder that holds something is never replaced.
    rename: moveFile,
    named: endHold,
  };
}

async function syncAll(path: string, files: readonly string[]): Promise<void> {
  for (const file of files) {
    const options = { write: true };
    const opened = await spareHandle(file, () => Deno.open(file, options));
    using _opened = opened;
    await opened.sync();
  }
  const folders = new Set([...files.map(dirname), path]);
  for (const folder of folders) await syncFolder(folder);
}
