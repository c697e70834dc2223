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
