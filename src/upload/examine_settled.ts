import type { Clock } from "../system/clock.ts";
import { examine, type Examined } from "../runs/examine.ts";
import type { UploadSource } from "./upload_source.ts";

/** Who writes a file does not pause for longer. */
export const SETTLED_MILLISECONDS = 2000;

/** Times that a file may be found half written before it counts as broken. */
const TRIES = 15;

/**
 * Examines a file. One that is no JSON and was written to a moment ago may be
 * half of a run: it is read again when nobody has written to it for a while.
 */
export async function examineSettled(
  source: UploadSource,
  options: { now: Date; clock: Clock; signal: AbortSignal },
): Promise<Examined[]> {
  const { now, clock, signal } = options;
  for (let tries = 1;; tries++) {
    const examined = await examine(source, { now });
    const isBroken = examined.some(({ issues }) =>
      issues.some(({ rule }) => rule === "not-json")
    );
    if (!isBroken || tries === TRIES || signal.aborted) return examined;
    const rest = await source.unchangedFor();
    if (rest === undefined || rest >= SETTLED_MILLISECONDS) return examined;
    await clock.sleep(SETTLED_MILLISECONDS - rest, signal);
  }
}
