import { join } from "node:path";
import { messageOf } from "./app_error.ts";
import {
  type Archive,
  ArchiveDamage,
  type ArchiveEntry,
  EntryTooLarge,
} from "./archive.ts";
import { DiskFault, diskFault } from "./disk_fault.ts";
import { inputFiles } from "./input_files.ts";
import { TooManyOpen } from "./spare_handle.ts";

/** Opens a folder as an archive. Links in it are not followed. */
export function openFolder(path: string): Archive {
  return {
    entries: () => entriesOf(path, ""),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** What Windows leaves in folders; macOS and Linux put a dot before theirs. */
const SYSTEM_FILES = ["thumbs.db", "desktop.ini"];

async function* entriesOf(
  root: string,
  below: string,
): AsyncGenerator<ArchiveEntry> {
  for await (const { name, isDirectory, isFile } of listing(root, below)) {
    if (name.startsWith(".") || SYSTEM_FILES.includes(name.toLowerCase())) {
      continue;
    }
    if (isDirectory) yield* entriesOf(root, `${below}${name}/`);
    else yield entryOf(root, { name: below + name, isFile });
  }
}

async function* listing(
  root: string,
  below: string,
): AsyncGenerator<Deno.DirEntry> {
  try {
    yield* Deno.readDir(join(root, below));
  } catch (error) {
    throw diskFault(error, {
      what: `Cannot read "${join(root, below)}"`,
      code: "input_unreadable",
    }) ?? new ArchiveDamage(messageOf(error), below || undefined);
  }
}

function entryOf(
  root: string,
  { name, isFile }: { name: string; isFile: boolean },
): ArchiveEntry {
  return {
    name,
    async read(limit) {
      if (!isFile) throw new ArchiveDamage("it is not a file", name);
      const path = join(root, name);
      const info = await inputFiles.info(path);
      if (info !== undefined && info.size > limit) {
        throw new EntryTooLarge(limit, name);
      }
      try {
        return await inputFiles.read(path, limit);
      } catch (error) {
        if (error instanceof DiskFault || error instanceof TooManyOpen) {
          throw error;
        }
        throw new ArchiveDamage(messageOf(error), name);
      }
    },
  };
}
