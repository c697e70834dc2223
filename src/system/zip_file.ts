import { AppError, messageOf } from "./app_error.ts";
import { type Archive, ArchiveDamage, type ArchiveEntry } from "./archive.ts";
import { diskFault } from "./disk_fault.ts";
import { spareHandle } from "./spare_handle.ts";
import { lastEntryName } from "./zip_scan.ts";
import { type FileEntry, Reader, ZipReader } from "./zip_library.ts";

/** The list of a million entries; a file that claims a larger one is not ours. */
const READ_LIMIT = 256 * 1024 * 1024;

/** Opens a ZIP file; of what it holds only what is asked for is in memory. */
export async function openZip(path: string): Promise<Archive> {
  const file = await spareHandle(path, () => Deno.open(path));
  try {
    const { size } = await file.stat();
    const reader = new FileReader(file, { path, size });
    return {
      entries: () => entriesOf(reader),
      [Symbol.asyncDispose]() {
        file.close();
        return Promise.resolve();
      },
    };
  } catch (error) {
    file.close();
    throw error;
  }
}

/** Reads parts of a file, one at a time: they share its position. */
class FileReader extends Reader<Deno.FsFile> {
  readonly #file: Deno.FsFile;
  readonly #path: string;
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    file: Deno.FsFile,
    { path, size }: { path: string; size: number },
  ) {
    super(file);
    this.#file = file;
    this.#path = path;
    this.size = size;
  }

  override readUint8Array(index: number, length: number): Promise<Uint8Array> {
    const part = this.#last.then(() => this.#read(index, length))
      .catch((error) => {
        // Nothing is damaged where the disk fails.
        throw diskFault(error, {
          what: `Cannot read "${this.#path}"`,
          code: "input_unreadable",
        }) ?? error;
      });
    this.#last = part.catch(() => {});
    return part;
  }

  async #read(index: number, length: number): Promise<Uint8Array> {
    if (length > READ_LIMIT) throw new Error("its list of entries is too long");
    const bytes = new Uint8Array(Math.min(length, this.size - index));
    await this.#file.seek(index, Deno.SeekMode.Start);
    let read = 0;
    while (read < bytes.length) {
      const count = await this.#file.read(bytes.subarray(read));
      if (count === null) break;
      read += count;
    }
    return bytes.subarray(0, read);
  }
}

async function* entriesOf(reader: FileReader): AsyncGenerator<ArchiveEntry> {
  const zip = new ZipReader(reader, {
    // Two programs must not see two contents in one file.
    strictness: "strict",
    checkSignature: true,
    // A name is refused by who compares it, and can then be told.
    filenameValidation: "tolerant",
  });
  try {
    for await (const entry of zip.getEntriesGenerator()) {
      if (!entry.directory) yield entryOf(entry);
      else yield { name: entry.filename, read: () => refused(entry.filename) };
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    const last = await lastEntryName(reader);
    throw new ArchiveDamage(messageOf(error), last);
  }
}

function refused(name: string): Promise<never> {
  return Promise.reject(new ArchiveDamage("it is a folder", name));
}

function entryOf(entry: FileEntry): ArchiveEntry {
  const { filename: name } = entry;
  return {
    name,
    async read(limit) {
      try {
        return await contentOf(entry, limit);
      } catch (error) {
        if (error instanceof AppError) throw error;
        throw new ArchiveDamage(messageOf(error), name);
      }
    },
  };
}

async function contentOf(
  entry: FileEntry,
  limit: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  await entry.getData(
    new WritableStream<Uint8Array<ArrayBuffer>>({
      write(chunk) {
        length += chunk.length;
        if (length > limit) {
          throw new Error(`it unpacks to over ${limit} bytes`);
        }
        chunks.push(chunk);
      },
    }),
  );
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}
