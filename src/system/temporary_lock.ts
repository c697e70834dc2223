import { dirname } from "node:path";
import type { Clock } from "./clock.ts";
import { openLock, tryHold } from "./file_lock.ts";
import { removeSurely } from "./move_file.ts";
import { ensurePrivateFolder, isAbsent } from "./private_folders.ts";
import { requireSteadyNumber } from "./unfit_disk.ts";

const POLL_MILLISECONDS = 100;

export interface TemporaryLockOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly waitMilliseconds: number;
  /** Called once, when another process holds the lock. */
  onWait(): void;
}

/**
 * Holds `path` locked against every other process until disposed, and leaves
 * no file behind. The lock of a process that dies is released.
 *
 * @returns undefined when another process holds it for too long.
 * @throws the reason of `signal`
 */
export async function lockTemporarily(
  path: string,
  options: TemporaryLockOptions,
): Promise<AsyncDisposable | undefined> {
  const { clock, signal, waitMilliseconds } = options;
  await ensurePrivateFolder(dirname(path));
  const deadline = clock.monotonic() + waitMilliseconds;
  let hasWaited = false;
  for (;;) {
    const held = await tryTemporaryLock(path);
    if (held !== undefined) return held;
    if (!hasWaited) options.onWait();
    hasWaited = true;
    signal.throwIfAborted();
    if (clock.monotonic() >= deadline) return undefined;
    await clock.sleep(POLL_MILLISECONDS, signal);
    signal.throwIfAborted();
  }
}

export interface TemporaryLock extends AsyncDisposable {
  /** Gives up the lock, and leaves its file as a sign. */
  leave(): void;
}

/** The same without waiting, in a folder that others may use too. */
export async function tryTemporaryLock(
  path: string,
): Promise<TemporaryLock | undefined> {
  const file = await openLock(path);
  try {
    // The last holder may have removed the file between opening and locking:
    // then the lock is one that nobody else will ever see.
    if (
      await tryHold(file, { path, isAlone: true }) &&
      await isStillAt(path, file)
    ) {
      return {
        leave: () => file.close(),
        async [Symbol.asyncDispose]() {
          await removeSurely(path).catch(() => {});
          file.close();
        },
      };
    }
  } catch (error) {
    file.close();
    throw error;
  }
  file.close();
  return undefined;
}

async function isStillAt(path: string, file: Deno.FsFile): Promise<boolean> {
  const [opened, found] = await Promise.all([
    file.stat(),
    Deno.lstat(path).catch((error) => {
      if (isAbsent(error)) return undefined;
      throw error;
    }),
  ]);
  if (found === undefined) return false;
  if (found.ino === opened.ino && found.dev === opened.dev) return true;
  await requireSteadyNumber(path);
  return false;
}
