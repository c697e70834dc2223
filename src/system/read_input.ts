import { constants, fstatSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { AppError } from "./app_error.ts";
import { fileError } from "./disk_fault.ts";
import { liesBelow } from "./lies_below.ts";
import { spareHandle } from "./spare_handle.ts";
import { checkSecretFile, type ExposureNotice } from "./secret_files.ts";

export interface ReadOptions {
  /**
   * The whole path, without links, of the folder in which the file was found.
   * The file is then no link and lies below it, also when another user swaps
   * names meanwhile. Undefined: the user named the file, and links are followed.
   */
  readonly within?: string | undefined;
  /**
   * The file holds a secret: one that others could have changed is refused
   * (`store_unsafe`), and this is told where others can read it.
   */
  readonly onExposed?: ExposureNotice | undefined;
}

/** A pipe or a device could block for ever. Windows knows neither flag. */
const NONBLOCK = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
const NO_LINK = NONBLOCK | (constants.O_NOFOLLOW ?? 0);

/** @throws `input_unreadable`, also when the file is larger than `limit` bytes. */
export async function readInput(
  path: string,
  limit: number,
  { within, onExposed }: ReadOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  let file: FileHandle | undefined;
  try {
    const flags = within === undefined ? NONBLOCK : NO_LINK;
    file = await spareHandle(path, () => open(path, flags));
    // At once: what was just opened is known to the system.
    const info = fstatSync(file.fd);
    if (!info.isFile()) {
      throw new AppError("input_unreadable", `"${path}" is not a file`);
    }
    if (within !== undefined) await requireWithin(path, within, info);
    if (onExposed !== undefined) checkSecretFile(path, info, onExposed);
    if (info.size > limit) throw tooLarge(path, limit);
    return await contentOf(file, { path, size: info.size, limit });
  } catch (error) {
    throw unreadable(path, error);
  } finally {
    await file?.close();
  }
}

/** The same; undefined when there is no such file, or a folder has the name. */
export async function readIfThere(
  path: string,
  limit: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    const { isDirectory } = await Deno.stat(path);
    return isDirectory ? undefined : await readInput(path, limit);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw unreadable(path, error);
  }
}

/** What tells one file from another. */
interface OpenedFile {
  readonly dev: number;
  readonly ino: number;
  readonly size: number;
  readonly mtimeMs: number;
}

/** A folder on the way may have been swapped for a link before the file was opened. */
async function requireWithin(
  path: string,
  within: string,
  opened: OpenedFile,
): Promise<void> {
  const real = await Deno.realPath(path);
  const now = await Deno.lstat(path);
  // The runtime may have followed the link before it opened the file.
  if (now.isSymlink) {
    throw new AppError(
      "input_unreadable",
      `Cannot read "${path}": it is a link`,
    );
  }
  // Some shares give a file another number each time.
  const isSame = now.dev === opened.dev && now.ino === opened.ino ||
    now.size === opened.size && now.mtime?.getTime() === opened.mtimeMs;
  if (liesBelow(real, within) && isSame) return;
  throw new AppError(
    "input_unreadable",
    `"${path}" was replaced while it was opened`,
    { hints: ["run the command again"] },
  );
}

/** Into one buffer of the known size: a large file is held once, not twice. */
async function contentOf(
  file: FileHandle,
  { path, size, limit }: { path: string; size: number; limit: number },
): Promise<Uint8Array<ArrayBuffer>> {
  // With room for one byte more: only the end of the file leaves that empty.
  let content = new Uint8Array(size + 1);
  let length = 0;
  for (;;) {
    if (length === content.length) {
      // It has grown since, or it is one of those that tell no size.
      if (length > limit) throw tooLarge(path, limit);
      const longer = new Uint8Array(Math.min(2 * length + GROWTH, limit + 1));
      longer.set(content);
      content = longer;
    }
    const { bytesRead } = await file.read(content, {
      offset: length,
      length: content.length - length,
    });
    length += bytesRead;
    // A file gives less than it is asked for only where it ends.
    const isWhole = length === size && size > 0;
    if (bytesRead === 0 || isWhole) return content.subarray(0, length);
  }
}

const GROWTH = 64 * 1024;

function tooLarge(path: string, limit: number): AppError {
  const size = limit < 1024 * 1024
    ? `${limit / 1024} KiB`
    : `${limit / 1024 / 1024} MiB`;
  return new AppError(
    "input_unreadable",
    `"${path}" is larger than ${size}`,
  );
}

/** Why a file or folder that the user named cannot be read. */
export function unreadable(path: string, error: unknown): AppError {
  return fileError(`Cannot read "${path}"`, error, {
    code: "input_unreadable",
  });
}
