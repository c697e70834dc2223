import { AppError } from "./app_error.ts";

/** A file system that lacks what the program's own files need. */
export class UnfitDisk extends AppError {
  /** @param why what it lacks, as a sentence about the file at `path`. */
  constructor(path: string, why: string, cause?: unknown) {
    super("store_unwritable", `Cannot use "${path}": ${why}`, {
      cause,
      hints: ["set STANDCLOUD_HOME to a folder on a local disk"],
    });
    this.name = "UnfitDisk";
  }
}

/**
 * For a file that seems to be another one each time it is looked at: whether
 * it was replaced, or its file system gives one file many numbers.
 *
 * @throws `UnfitDisk` for the latter
 */
export async function requireSteadyNumber(path: string): Promise<void> {
  const numbers = new Set<number | null>();
  for (let look = 0; look < LOOKS; look++) {
    // A file that has gone is none of these.
    const info = await Deno.lstat(path).catch(() => undefined);
    if (info === undefined) return;
    numbers.add(info.ino);
  }
  if (numbers.size === LOOKS) {
    throw new UnfitDisk(path, "its file system changes the numbers of files");
  }
}

/** A file that others replace meanwhile does not change each time. */
const LOOKS = 5;
