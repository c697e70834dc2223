import { dirname, join } from "node:path";
import type { NewArchive } from "./archive.ts";
import { moveFile } from "./move_file.ts";
import { beginArchive, type Draft } from "./new_archive.ts";

/**
 * Begins a folder with a file for each content. Names are the program's own.
 *
 * @throws `output_unwritable`
 */
export function newFolder(path: string): Promise<NewArchive> {
  return beginArchive(path, draftAt);
}

async function draftAt(path: string): Promise<Draft> {
  await Deno.mkdir(path);
  return {
    async add(name, content) {
      const file = join(path, name);
      await Deno.mkdir(dirname(file), { recursive: true });
      await Deno.writeFile(file, content, { createNew: true });
    },
    complete: () => Promise.resolve(),
    close: () => {},
    // A folder that holds something is never replaced.
    rename: moveFile,
  };
}
