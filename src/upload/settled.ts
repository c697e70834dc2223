import type { Clock } from "../system/clock.ts";
import { examine, type Examined } from "../runs/examine.ts";
import {
  isLive,
  isWritten,
  type UploadSource,
} from "./sources/upload_source.ts";

/** Who writes a file does not pause for longer. */
export const SETTLED_MILLISECONDS = 2000;

/** Times that a file may be found half written before it counts as broken. */
const TRIES = 15;

/** A file of a folder that somebody took away before it could be read, as HardPy does when it has sent it. */
export async function hasGone(
  [first]: readonly Examined[],
  source: UploadSource,
): Promise<boolean> {
  if (first?.isReadable !== false || !isWritten(source) || !source.isFound) {
    return false;
  }
  const isGone = await source.unchangedFor() === undefined;
  if (isGone) source.onGone?.();
  return isGone;
}

/** A file that is no JSON and was written to a moment ago may be half of a run. */
export async function mayBeHalf(
  examined: readonly Examined[],
  source: UploadSource,
): Promise<boolean> {
  const isBroken = examined.some(({ issues }) =>
    issues.some(({ rule }) => rule === "not-json")
  );
  return isBroken && await isFresh(source);
}

/** HardPy may still add to the run that it has just finished, as a post-run function does. */
export async function mayBeAddedTo(
  examined: readonly Examined[],
  source: UploadSource,
): Promise<boolean> {
  if (!isLive(source)) return false;
  const isFinished = examined.some(({ run }) => run?.isFinished);
  return isFinished && await isFresh(source);
}

/**
 * HardPy writes the history file before the post-run functions and before the
 * record: a fuller form of the run may be about to appear.
 */
export async function isFreshHistory(
  examined: readonly Examined[],
  source: UploadSource,
): Promise<boolean> {
  return examined.some(({ run }) => run?.form === "history") &&
    await isFresh(source);
}

/** Somebody wrote to it a moment ago. */
async function isFresh(source: UploadSource): Promise<boolean> {
  const rest = isWritten(source) ? await source.unchangedFor() : undefined;
  return rest !== undefined && rest < SETTLED_MILLISECONDS;
}

/** Examines a file again as soon as nobody writes to it any more, or has for too long. */
export async function examineSettled(
  source: UploadSource,
  options: { clock: Clock; signal: AbortSignal },
): Promise<Examined[]> {
  const { clock, signal } = options;
  for (let tries = 1;; tries++) {
    const rest = isWritten(source) ? await source.unchangedFor() ?? 0 : 0;
    await clock.sleep(Math.max(SETTLED_MILLISECONDS - rest, 0), signal);
    const examined = await examine(source, { now: clock.now() });
    if (tries === TRIES || signal.aborted) return examined;
    const isDone = !await mayBeHalf(examined, source) &&
      !await isFreshHistory(examined, source) &&
      !await mayBeAddedTo(examined, source);
    if (isDone) return examined;
  }
}
