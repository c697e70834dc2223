import { systemClock } from "./clock.ts";

/** Longer than a virus scanner takes for a file of ours. */
const PATIENCE_MILLISECONDS = 2000;
const PAUSE_MILLISECONDS = 20;

/**
 * Renames a file or folder; one that is there is replaced in the same step.
 * Windows lets nobody rename a file that another program looks at, and virus
 * scanners look at each new one: there it is tried again for a while.
 */
export async function moveFile(from: string, to: string): Promise<void> {
  const deadline = systemClock.monotonic() + PATIENCE_MILLISECONDS;
  for (;;) {
    try {
      return await Deno.rename(from, to);
    } catch (error) {
      const mayPass = Deno.build.os === "windows" &&
        !(error instanceof Deno.errors.NotFound) &&
        systemClock.monotonic() < deadline;
      if (!mayPass) throw error;
    }
    await systemClock.sleep(PAUSE_MILLISECONDS);
  }
}

/**
 * Gives a file another name, and never one that is there. A process that is
 * killed on the way leaves the file under the old name, the new one, or both.
 *
 * @param check throws when one of the two names leads elsewhere by now.
 * @throws `AlreadyExists`
 */
export async function giveName(
  from: string,
  to: string,
  check: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  await check();
  try {
    await Deno.link(from, to);
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) throw error;
    if (error instanceof Deno.errors.NotFound) throw error;
    // A USB stick knows no second names.
    await requireAbsent(to);
    return await moveFile(from, to);
  }
  // Another user may have swapped a folder meanwhile: then the old name stays.
  await check();
  await removeSurely(from);
}

const REMOVE_ATTEMPTS = 5;

/** Removes a file or folder; a share that has lost sight of it for a moment is asked again. */
export async function removeSurely(
  path: string,
  options: Deno.RemoveOptions = {},
): Promise<void> {
  for (let attempt = 1;; attempt++) {
    try {
      return await Deno.remove(path, options);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return;
      if (attempt === REMOVE_ATTEMPTS) throw error;
    }
    await systemClock.sleep(PAUSE_MILLISECONDS);
  }
}

/** @throws `AlreadyExists` */
export async function requireAbsent(path: string): Promise<void> {
  const isThere = await Deno.lstat(path).then(() => true, (error) => {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  });
  if (isThere) throw new Deno.errors.AlreadyExists();
}
