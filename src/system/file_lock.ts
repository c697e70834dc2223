import { dirname } from "node:path";
import { AppError } from "./app_error.ts";
import type { Clock } from "./clock.ts";
import { fileError, reasonOf } from "./disk_fault.ts";
import { ELSEWHERE, ensurePrivateFolder } from "./private_folders.ts";
import { spareHandle } from "./spare_handle.ts";
import { requireSteadyNumber, UnfitDisk } from "./unfit_disk.ts";

/** Longer than any single request to the authorization server may take. */
const WAIT_MILLISECONDS = 60_000;
const POLL_MILLISECONDS = 25;

export interface FileLock extends Disposable {
  [Symbol.dispose](): void;
}

/**
 * Holds `path` locked against every other process until disposed; the lock of
 * a process that dies is released. `path` is a file of its own, never the data
 * file: Windows refuses to read or replace a locked file. `shared` locks it only
 * against those who want it alone.
 *
 * @throws `store_unwritable` when another process holds it for a minute.
 */
export async function lockFile(
  path: string,
  options: { clock: Clock; signal?: AbortSignal; shared?: boolean },
): Promise<FileLock> {
  await ensurePrivateFolder(dirname(path));
  const file = await openLock(path);
  try {
    const deadline = options.clock.monotonic() + WAIT_MILLISECONDS;
    while (!(await tryHold(file, { path, isAlone: !options.shared }))) {
      options.signal?.throwIfAborted();
      if (options.clock.monotonic() > deadline) {
        throw new AppError(
          "store_unwritable",
          `Another standcloud process has held "${path}" for ${
            WAIT_MILLISECONDS / 1000
          } s`,
          { hints: ["end that process, or wait, and run the command again"] },
        );
      }
      await options.clock.sleep(POLL_MILLISECONDS, options.signal);
    }
  } catch (error) {
    file.close();
    throw error;
  }
  return { [Symbol.dispose]: () => file.close() };
}

/** The same without waiting: undefined when another process holds it. */
export async function tryLockFile(path: string): Promise<FileLock | undefined> {
  await ensurePrivateFolder(dirname(path));
  const file = await openLock(path);
  try {
    if (await tryHold(file, { path, isAlone: true })) {
      return { [Symbol.dispose]: () => file.close() };
    }
  } catch (error) {
    file.close();
    throw error;
  }
  file.close();
  return undefined;
}

/**
 * False when another process holds it.
 *
 * @throws `UnfitDisk`, as on a share without a lock service
 */
export async function tryHold(
  file: Deno.FsFile,
  { path, isAlone }: { path: string; isAlone: boolean },
): Promise<boolean> {
  try {
    return await file.tryLock(isAlone);
  } catch (error) {
    const why = `its file system gives no lock (${reasonOf(error)})`;
    throw new UnfitDisk(path, why, error);
  }
}

/** How often somebody may put another file in the place of the lock just then. */
const OPEN_ATTEMPTS = 20;

/** Opens a lock file, made when there is none; never through a link. */
export async function openLock(path: string): Promise<Deno.FsFile> {
  try {
    for (let attempt = 0; attempt < OPEN_ATTEMPTS; attempt++) {
      const lock = await makeLock(path) ?? await findLock(path);
      if (lock !== undefined) return lock;
    }
    await requireSteadyNumber(path);
  } catch (error) {
    throw fileError(`Cannot open the lock "${path}"`, error, {
      code: "store_unwritable",
      hint: ELSEWHERE,
    });
  }
  throw new AppError("store_unsafe", `"${path}" changes while being opened`);
}

/** Undefined when there is something at the path, even a link to nowhere. */
async function makeLock(path: string): Promise<Deno.FsFile | undefined> {
  try {
    const options = { write: true, createNew: true, mode: 0o600 };
    const lock = await spareHandle(path, () => Deno.open(path, options));
    // A stricter umask would leave a lock that its owner cannot open again.
    const { mode } = await lock.stat();
    const isStrict = mode !== null && (mode & 0o600) !== 0o600;
    if (isStrict && Deno.build.os !== "windows") await Deno.chmod(path, 0o600);
    return lock;
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) return undefined;
    if (error instanceof Deno.errors.FilesystemLoop) return undefined;
    throw error;
  }
}

/** Undefined when it has gone, or is no longer what was looked at. */
async function findLock(path: string): Promise<Deno.FsFile | undefined> {
  try {
    const info = await Deno.lstat(path);
    // Never through a link: the lock file of another program would be ours to hold.
    if (info.isSymlink) {
      throw new AppError(
        "store_unsafe",
        `Refusing to use "${path}": it is a symbolic link`,
        { hints: ["remove the link and run the command again"] },
      );
    }
    const lock = await spareHandle(
      path,
      () => Deno.open(path, { write: true }),
    );
    const { ino, dev } = await lock.stat();
    if (ino === info.ino && dev === info.dev) return lock;
    lock.close();
    return undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    // The runtime does not follow a link that was swapped in since it looked.
    if (error instanceof Deno.errors.FilesystemLoop) return undefined;
    throw error;
  }
}
