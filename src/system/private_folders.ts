import { dirname, resolve } from "node:path";
import { AppError } from "./app_error.ts";
import { diskFault, fileError } from "./disk_fault.ts";

/** What helps where the program's files cannot be written. */
export const ELSEWHERE = "set STANDCLOUD_HOME to a folder you may write to";

/**
 * Makes `folder` (0700) and whatever is missing above it, and refuses one that
 * other users of this machine could write to or replace.
 */
export async function ensurePrivateFolder(folder: string): Promise<void> {
  try {
    await makeFolder(resolve(folder));
  } catch (error) {
    throw cannotMake(folder, error);
  }
  try {
    await checkFolder(folder);
  } catch (error) {
    throw diskFault(error, { what: `Cannot use the folder "${folder}"` }) ??
      error;
  }
}

async function checkFolder(folder: string): Promise<void> {
  const info = await Deno.lstat(folder);
  if (info.isFile) throw noFolder(folder);
  if (Deno.build.os === "windows") return;
  checkPrivate(folder, info);
  await checkAbove(await Deno.realPath(dirname(resolve(folder))));
}

function noFolder(path: string): AppError {
  return new AppError("store_unwritable", `"${path}" is not a folder`, {
    hints: [ELSEWHERE],
  });
}

/**
 * Like `ensurePrivateFolder`, but makes nothing; a folder that is missing is
 * one that could be made. Where files have no modes (Windows) it is unknown
 * who may use a folder.
 */
export async function inspectPrivateFolder(
  folder: string,
): Promise<"missing" | "private" | "unknown"> {
  try {
    await Deno.lstat(folder);
    await checkFolder(folder);
    return Deno.build.os === "windows" ? "unknown" : "private";
  } catch (error) {
    if (!isAbsent(error)) throw error;
    await checkRoomFor(resolve(folder));
    return "missing";
  }
}

/** Throws `store_unwritable` where a folder that is missing could not be made. */
async function checkRoomFor(folder: string): Promise<void> {
  const above = dirname(folder);
  try {
    const info = await Deno.stat(above);
    if (!info.isDirectory) throw noFolder(above);
    // Only the doctor asks, and every command would wait for it.
    const { access, constants } = await import("node:fs/promises");
    await access(above, constants.W_OK);
  } catch (error) {
    if (error instanceof AppError) throw error;
    // A drive that is not there has nothing above it.
    if (isAbsent(error) && above !== dirname(above)) {
      return await checkRoomFor(above);
    }
    throw cannotMake(folder, error);
  }
  if (Deno.build.os !== "windows") await checkAbove(await Deno.realPath(above));
}

export function isAbsent(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound ||
    error instanceof Deno.errors.NotADirectory;
}

function cannotMake(folder: string, error: unknown): AppError {
  return fileError(`Cannot make the folder "${folder}"`, error, {
    code: "store_unwritable",
    hint: ELSEWHERE,
  });
}

async function makeFolder(folder: string): Promise<void> {
  try {
    const existing = await Deno.stat(folder);
    if (existing.isDirectory) return;
  } catch (error) {
    const isRoot = folder === dirname(folder);
    if (!(error instanceof Deno.errors.NotFound) || isRoot) throw error;
    await makeFolder(dirname(folder));
  }
  // Before: what another user finds in his folder, made by us, keeps him out.
  if (Deno.build.os !== "windows") {
    await checkAbove(await Deno.realPath(dirname(folder)));
  }
  try {
    await Deno.mkdir(folder, { mode: 0o700 });
  } catch (error) {
    // Another process was faster.
    if (error instanceof Deno.errors.AlreadyExists) return;
    throw error;
  }
  // A stricter umask would leave a folder that its owner cannot enter.
  if (Deno.build.os !== "windows") await Deno.chmod(folder, 0o700);
}

/** Throws `store_unsafe` unless this is a plain file or folder that only its owner, who is us, can use. */
export function checkPrivate(path: string, info: Deno.FileInfo): void {
  const refuse = (why: string, hint: string) => {
    throw new AppError("store_unsafe", `Refusing to use "${path}": ${why}`, {
      hints: [hint],
    });
  };
  if (info.isSymlink) {
    refuse(
      "it is a symbolic link",
      "put what it leads to in its place, or set STANDCLOUD_HOME to another folder",
    );
  }
  if (!info.isFile && !info.isDirectory) {
    refuse("it is not a regular file", "move it out of the way");
  }
  if (Deno.build.os === "windows") return;
  if (info.uid !== Deno.uid()) {
    refuse(
      "it belongs to another user",
      "run the program as the user who logged in, or set STANDCLOUD_HOME",
    );
  }
  if (((info.mode ?? 0) & 0o077) !== 0) {
    refuse(
      "other users of this machine may use it",
      `run: chmod ${info.isDirectory ? 700 : 600} "${path}"`,
    );
  }
  if (info.isFile && (info.nlink ?? 1) > 1) {
    refuse(
      "it has a second name (hard link)",
      "put a copy of it in its place",
    );
  }
}

const STICKY = 0o1000;
const GROUP_WRITES = 0o020;
const OTHERS_WRITE = 0o002;

async function checkAbove(folder: string): Promise<void> {
  const above = dirname(folder);
  const { mode, uid } = await Deno.stat(folder);
  const writers = (mode ?? 0) & (OTHERS_WRITE | GROUP_WRITES);
  const isShared = writers !== 0 && ((mode ?? 0) & STICKY) === 0;
  // A container may show "/" as somebody else's.
  const isForeign = uid !== 0 && uid !== Deno.uid() && above !== folder;
  if (isShared || isForeign) {
    const who = whoWrites(isShared ? writers : 0);
    throw new AppError(
      "store_unsafe",
      `Refusing to keep a login below "${folder}": ${who} may replace what is in it`,
      {
        hints: [
          ...(isShared ? [`run: chmod go-w "${folder}"`] : []),
          "set STANDCLOUD_HOME to a private folder",
        ],
      },
    );
  }
  if (above !== folder) await checkAbove(above);
}

function whoWrites(writers: number): string {
  if (writers === 0) return "another user";
  return (writers & OTHERS_WRITE) === 0 ? "its group" : "every user";
}
