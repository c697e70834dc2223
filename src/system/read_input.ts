import { AppError, messageOf } from "./app_error.ts";
import { readLimited } from "./terminal.ts";

/** @throws `input_unreadable`, also when the file is larger than `limit` bytes. */
export async function readInput(
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
    const content = info.size > 0 && info.size <= SMALL
      ? await Deno.readFile(path)
      : await readWhole(path, info.size, limit);
    if (content.length > limit) throw tooLarge(path, limit);
    return content;
  } catch (error) {
    throw unreadable(path, error);
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

/** Why a file or folder that the user named cannot be read. */
export function unreadable(path: string, error: unknown): AppError {
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
