import { basename, dirname, join } from "node:path";
import { AppError } from "./app_error.ts";
import { fileError } from "./disk_fault.ts";
import { moveFile, removeSurely } from "./move_file.ts";
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
  /** What killed writers of the file left beside it; only the holder of its lock may ask. */
  drafts(path: string): Promise<string[]>;
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
  drafts,
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
  const room = await makeRoom(path, 0);
  await fill(path, room, { content, leaves: false });
}

async function note(path: string, content: Uint8Array): Promise<void> {
  const draft = draftOf(path);
  try {
    await writeFile(draft, content, { isNew: true, isLasting: false });
    await moveFile(draft, path);
  } catch (error) {
    await discard(draft);
    throw error;
  }
}

async function reserve(path: string, size: number): Promise<ReservedWrite> {
  const room = await makeRoom(path, size);
  return {
    write: (content) => fill(path, room, { content, leaves: true }),
    [Symbol.asyncDispose]: () => discard(room),
  };
}

/** Takes the room for a file, and returns the name that it has until it is written. */
async function makeRoom(path: string, size: number): Promise<string> {
  await ensurePrivateFolder(dirname(path));
  const room = draftOf(path);
  try {
    await writeFile(room, new Uint8Array(size), { isNew: true });
    return room;
  } catch (error) {
    await discard(room);
    throw unwritable(path, error);
  }
}

/**
 * The content cannot be had again: where the disk fails once, another file is
 * tried.
 *
 * @param options.leaves a file that was written and cannot be renamed: `drafts()` finds it.
 */
async function fill(
  path: string,
  room: string,
  { content, leaves }: { content: Uint8Array; leaves: boolean },
): Promise<void> {
  let isWritten = false;
  const again = draftOf(path);
  try {
    await writeFile(room, content, { isNew: false });
    return await take(room, path);
  } catch {
    await discard(room);
  }
  try {
    await writeFile(again, content, { isNew: true });
    isWritten = true;
    await take(again, path);
  } catch (error) {
    if (!isWritten || !leaves) await discard(again);
    throw unwritable(path, error);
  }
}

async function discard(draft: string): Promise<void> {
  await removeSurely(draft).catch(() => {});
}

function draftOf(path: string): string {
  return join(dirname(path), `.${basename(path)}.${crypto.randomUUID()}`);
}

async function take(draft: string, path: string): Promise<void> {
  await moveFile(draft, path);
  await syncFolder(dirname(path));
}

function unwritable(path: string, error: unknown): AppError {
  return fileError(`Cannot write "${path}"`, error, {
    code: "store_unwritable",
    hint: ELSEWHERE,
  });
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

async function drafts(path: string): Promise<string[]> {
  const prefix = `.${basename(path)}.`;
  const folder = dirname(path);
  return (await list(folder))
    .filter((name) =>
      name.startsWith(prefix) && UUID.test(name.slice(prefix.length))
    )
    .map((name) => join(folder, name));
}

async function remove(path: string): Promise<boolean> {
  try {
    await Deno.remove(path);
    await syncFolder(dirname(path));
    return true;
  } catch (error) {
    if (isAbsent(error)) return false;
    throw fileError(`Cannot delete "${path}"`, error, {
      code: "store_unwritable",
      hint: "make the folder writable, and run it again",
    });
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
    throw unreadable(folder, error);
  }
  return names.sort();
}

function unreadable(path: string, error: unknown): AppError {
  return fileError(`Cannot read "${path}"`, error, { code: "store_unsafe" });
}
