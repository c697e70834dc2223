import type { NewArchive } from "./archive.ts";
import { openDraft } from "./draft_files.ts";
import { giveName } from "./move_file.ts";
import { alreadyThere, beginArchive, type Draft } from "./new_archive.ts";
import { Uint8ArrayReader, ZipWriter } from "./zip_library.ts";

/**
 * Begins a ZIP file. A content goes to the disk at once; what stays in memory
 * until the end is its place in the list (some 10 kB each).
 *
 * @throws `output_unwritable`
 */
export function newZip(path: string, modifiedAt: Date): Promise<NewArchive> {
  return beginArchive(path, (temporary) => draftAt(temporary, modifiedAt));
}

async function draftAt(path: string, modifiedAt: Date): Promise<Draft> {
  const file = await openDraft(path);
  let isOpen = true;
  const zip = new ZipWriter(
    new WritableStream<Uint8Array>({ write: (chunk) => writeAll(file, chunk) }),
    // The date of each is in its head already.
    { lastModDate: modifiedAt, extendedTimestamp: false },
  );
  return {
    async add(name, content) {
      await zip.add(name, new Uint8ArrayReader(content));
    },
    async complete() {
      await zip.close();
      await file.sync();
    },
    close() {
      if (isOpen) file.close();
      isOpen = false;
    },
    rename,
    named: () => Promise.resolve(),
  };
}

async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  let rest = bytes;
  while (rest.length > 0) rest = rest.subarray(await file.write(rest));
}

async function rename(from: string, to: string): Promise<void> {
  try {
    await giveName(from, to);
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) throw alreadyThere(to);
    throw error;
  }
}
