import { basename, dirname, join } from "node:path";
import { AppError, messageOf } from "./app_error.ts";
import { moveFile } from "./move_file.ts";
import {
  checkPrivate,
  ELSEWHERE,
  ensurePrivateFolder,
  isAbsent,
} from "./private_folders.ts";
import { spareHandle } from "./spare_handle.ts";
import { syncFolder } from "./sync_folder.ts";
import { requireSteadyNumber } from "./unfit_disk.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Far above any login or key file; a larger one is not ours. */
const SIZE_LIMIT = 1024 * 1024;

/**
 * Files that hold secrets: readable by their owner only, from the first byte,
 * and never reached through a symbolic link.
 */
export interface PrivateFiles {
  /** Undefined when there is no such file; throws `store_unsafe` when others could have read or written it. */
  read(path: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Replaces the file in one step: a reader sees the old content or the new, even after a power cut. */
  write(path: string, content: Uint8Array): Promise<void>;
  /** The same for what may be lost in a power cut: it need not wait for the disk. */
  note(path: string, content: Uint8Array): Promise<void>;
  /** Takes the room for a `write` of up to `size` bytes, for content that cannot be had a second time. */
  reserve(path: string, size: number): Promise<ReservedWrite>;
  /** Deletes what killed writers of the file left; only for the holder of its lock. */
  tidy(path: string): Promise<void>;
  /** False when there was no such file. */
  remove(path: string): Promise<boolean>;
  /** File names in a folder, sorted; none when there is no folder. */
  list(folder: string): Promise<string[]>;
}

/** The room for one write; given back when disposed. */
export interface ReservedWrite extends AsyncDisposable {
  write(content: Uint8Array): Promise<void>;
}

export const privateFiles: PrivateFiles = {
  read,
  write,
  note,
  reserve,
  tidy,
  remove,
  list,
};

/** How often a reader may meet another process that replaces the file just then. */
const READ_ATTEMPTS = 20;

async function read(
  path: string,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    for (let attempt = 0; attempt < READ_ATTEMPTS; attempt++) {
      const before = await Deno.lstat(path);
      checkPrivate(path, before);
      const content = await readChecked(path, before);
      if (content !== undefined) return content;
    }
    await requireSteadyNumber(path);
  } catch (error) {
    if (isAbsent(error)) return undefined;
    if (error instanceof AppError) throw error;
    throw unreadable(path, error);
  }
  throw new AppError("store_unsafe", `"${path}" changes while being read`);
}

/** Undefined when the file is no longer the one that was checked (it was replaced, or a link swapped in). */
async function readChecked(
  path: string,
  checked: Deno.FileInfo,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  using file = await spareHandle(path, () => Deno.open(path));
  const opened = await file.stat();
  if (opened.ino !== checked.ino || opened.dev !== checked.dev) {
    return undefined;
  }
  if (opened.size > SIZE_LIMIT) {
    throw new AppError(
      "store_unsafe",
      `"${path}" is too large for a login or a key (${opened.size} bytes)`,
    );
  }
  const content = new Uint8Array(opened.size);
  let length = 0;
  while (length < content.length) {
    const count = await file.read(content.subarray(length));
    if (count === null) break;
    length += count;
  }
  return content.subarray(0, length);
}

async function write(path: string, content: Uint8Array): Promise<void> {
  const room = await reserve(path, 0);
  await using _room = room;
  await room.write(content);
}

async function note(path: string, content: Uint8Array): Promise<void> {
  const temporary = temporaryFor(path);
  try {
    await writeFile(temporary, content, { isNew: true, isLasting: false });
    await moveFile(temporary, path);
  } catch (error) {
    await Deno.remove(temporary).catch(() => {});
    throw error;
  }
}

function temporaryFor(path: string): string {
  return join(dirname(path), `.${basename(path)}.${crypto.randomUUID()}`);
}

async function reserve(path: string, size: number): Promise<ReservedWrite> {
  const folder = dirname(path);
  await ensurePrivateFolder(folder);
  const temporary = temporaryFor(path);
  const discard = () => Deno.remove(temporary).catch(() => {});
  const attempt = async (action: () => Promise<void>) => {
    try {
      await action();
    } catch (error) {
      await discard();
      if (error instanceof AppError) throw error;
      throw new AppError(
        "store_unwritable",
        `Cannot write "${path}": ${messageOf(error)}`,
        { cause: error, hints: [`free some space, or ${ELSEWHERE}`] },
      );
    }
  };
  const room = new Uint8Array(size);
  await attempt(() => writeFile(temporary, room, { isNew: true }));
  return {
    write: (content) =>
      attempt(async () => {
        await writeFile(temporary, content, { isNew: false });
        await moveFile(temporary, path);
        await syncFolder(folder);
      }),
    [Symbol.asyncDispose]: discard,
  };
}

async function writeFile(
  path: string,
  content: Uint8Array,
  { isNew, isLasting = true }: { isNew: boolean; isLasting?: boolean },
): Promise<void> {
  // `createNew` never follows a link that was planted at this name.
  const options = { write: true, createNew: isNew, mode: 0o600 };
  using file = await spareHandle(path, () => Deno.open(path, options));
  if (isNew && Deno.build.os !== "windows") {
    // A stricter umask would leave a file that its owner cannot read.
    const { mode } = await file.stat();
    if (((mode ?? 0) & 0o777) !== 0o600) await Deno.chmod(path, 0o600);
  }
  let rest = content;
  while (rest.length > 0) rest = rest.subarray(await file.write(rest));
  await file.truncate(content.length);
  if (isLasting) await file.sync();
}

async function tidy(path: string): Promise<void> {
  const prefix = `.${basename(path)}.`;
  const folder = dirname(path);
  for (const name of await list(folder)) {
    if (!name.startsWith(prefix)) continue;
    if (!UUID.test(name.slice(prefix.length))) continue;
    // Untidiness harms nothing.
    await Deno.remove(join(folder, name)).catch(() => {});
  }
}

async function remove(path: string): Promise<boolean> {
  try {
    await Deno.remove(path);
    await syncFolder(dirname(path));
    return true;
  } catch (error) {
    if (isAbsent(error)) return false;
    if (error instanceof AppError) throw error;
    throw new AppError(
      "store_unwritable",
      `Cannot delete "${path}": ${messageOf(error)}`,
      { cause: error, hints: ["make the folder writable, and run it again"] },
    );
  }
}

async function list(folder: string): Promise<string[]> {
  const names: string[] = [];
  try {
    const entries = await spareHandle(folder, () => [
      ...Deno.readDirSync(folder),
    ]);
    names.push(...entries.map(({ name }) => name));
  } catch (error) {
    if (isAbsent(error)) return [];
    if (error instanceof AppError) throw error;
    throw unreadable(folder, error);
  }
  return names.sort();
}

function unreadable(path: string, error: unknown): AppError {
  return new AppError(
    "store_unsafe",
    `Cannot read "${path}": ${messageOf(error)}`,
    { cause: error },
  );
}
