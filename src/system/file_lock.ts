import { dirname } from "node:path";
import { AppError, messageOf } from "./app_error.ts";
import type { Clock } from "./clock.ts";
import { ensurePrivateFolder } from "./private_folders.ts";

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
    while (!(await file.tryLock(!options.shared))) {
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
  if (await file.tryLock(true)) return { [Symbol.dispose]: () => file.close() };
  file.close();
  return undefined;
}

async function openLock(path: string): Promise<Deno.FsFile> {
  try {
    // Never through a link: the lock file of another program would be ours to hold.
    const info = await Deno.lstat(path).catch(() => undefined);
    if (info?.isSymlink) {
      throw new AppError(
        "store_unsafe",
        `Refusing to use "${path}": it is a symbolic link`,
        { hints: ["remove the link and run the command again"] },
      );
    }
    const lock = await Deno.open(path, {
      write: true,
      create: true,
      mode: 0o600,
    });
    // A stricter umask would leave a lock that its owner cannot open again.
    if (info === undefined && Deno.build.os !== "windows") {
      await Deno.chmod(path, 0o600);
    }
    return lock;
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError(
      "store_unwritable",
      `Cannot open the lock "${path}": ${messageOf(error)}`,
      { cause: error },
    );
  }
}
