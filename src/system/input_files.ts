import { join } from "node:path";
import { AppError, messageOf } from "./app_error.ts";
import { readLimited } from "./terminal.ts";

/** What the user named on the command line. */
export interface InputFiles {
  /**
   * The files that `path` means: itself, or every file below it that `accepts`
   * takes, sorted. Links inside a folder are not followed, so nothing outside
   * it is ever read.
   *
   * Known limit: the runtime does not show names that are not UTF-8. Such files
   * of a folder are neither found nor skipped.
   *
   * @param onSkip called for what is passed over below a folder.
   * @throws `input_unreadable`
   */
  find(
    path: string,
    accepts: (name: string) => boolean,
    onSkip?: (skipped: Skipped) => void,
  ): Promise<string[]>;
  /** @throws `input_unreadable`, also when the file is larger than `limit` bytes. */
  read(path: string, limit: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** A link, or a folder that cannot be read for a reason. */
export interface Skipped {
  readonly path: string;
  readonly reason?: string;
}

export const inputFiles: InputFiles = { find, read };

async function find(
  path: string,
  accepts: (name: string) => boolean,
  onSkip: (skipped: Skipped) => void = () => {},
): Promise<string[]> {
  try {
    const info = await Deno.stat(path);
    if (!info.isDirectory) return [path];
    const found: string[] = [];
    await collect(path, { accepts, onSkip, found });
    return found.sort();
  } catch (error) {
    throw unreadable(path, error);
  }
}

interface Search {
  accepts(name: string): boolean;
  onSkip(skipped: Skipped): void;
  readonly found: string[];
}

async function collect(folder: string, search: Search): Promise<void> {
  for await (const entry of Deno.readDir(folder)) {
    const path = join(folder, entry.name);
    if (entry.isSymlink) search.onSkip({ path });
    else if (entry.isDirectory) await collectBelow(path, search);
    else if (entry.isFile && search.accepts(entry.name)) {
      search.found.push(path);
    }
  }
}

/** A folder of another user does not keep the others back. */
async function collectBelow(folder: string, search: Search): Promise<void> {
  try {
    await collect(folder, search);
  } catch (error) {
    const reason = unreadable(folder, error).message;
    search.onSkip({ path: folder, reason });
  }
}

async function read(
  path: string,
  limit: number,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const info = await Deno.stat(path);
    // A pipe or a device could block for ever.
    if (!info.isFile) {
      throw new AppError("input_unreadable", `"${path}" is not a file`);
    }
    if (info.size > limit) throw tooLarge(path, limit);
    const isSmall = info.size > 0 && info.size <= SMALL;
    const content = isSmall
      ? await Deno.readFile(path)
      : await readWhole(path, info.size, limit);
    if (content.length > limit) throw tooLarge(path, limit);
    return content;
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** Read at one go: opening, reading and closing one after the other takes three times as long. */
const SMALL = 1024 * 1024;

/** Into one buffer of the known size: a large file is held once, not twice. */
async function readWhole(
  path: string,
  size: number,
  limit: number,
): Promise<Uint8Array<ArrayBuffer>> {
  using file = await Deno.open(path);
  // With room for one byte more: only the end of the file leaves it empty.
  const content = new Uint8Array(size + 1);
  let length = 0;
  while (length <= size) {
    const count = await file.read(content.subarray(length));
    if (count === null) return content.subarray(0, length);
    length += count;
  }
  // It has grown since, or it is one of those that tell no size.
  const rest = await readLimited(file.readable, limit - length);
  if (length + rest.length > limit) throw tooLarge(path, limit);
  return new Uint8Array(await new Blob([content, rest]).arrayBuffer());
}

function tooLarge(path: string, limit: number): AppError {
  const size = limit < 1024 * 1024
    ? `${limit / 1024} KiB`
    : `${limit / 1024 / 1024} MiB`;
  return new AppError(
    "input_unreadable",
    `"${path}" is larger than ${size}`,
  );
}

function unreadable(path: string, error: unknown): AppError {
  if (error instanceof AppError) return error;
  const why = error instanceof Deno.errors.NotFound
    ? "no such file or folder"
    : error instanceof Deno.errors.PermissionDenied ||
        error instanceof Deno.errors.NotCapable
    ? "permission denied"
    : messageOf(error);
  return new AppError("input_unreadable", `Cannot read "${path}": ${why}`, {
    cause: error,
  });
}
