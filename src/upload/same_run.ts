import type { Examined } from "../runs/examine.ts";
import type { RunIdentity } from "../runs/run.ts";

/**
 * What stays the same when HardPy adds to a run that has finished; undefined
 * where nothing tells the run from another one.
 */
export function runKey(
  { serialNumber, startTime, stopTime }: RunIdentity,
): string | undefined {
  const parts = [serialNumber, startTime, stopTime];
  return parts.includes(null) ? undefined : JSON.stringify(parts);
}

/** Whether both are the same run, perhaps at two times. */
export function areSameRun(
  one: readonly Examined[],
  other: readonly Examined[],
): boolean {
  const [a, b] = [one, other].map(([first]) =>
    first?.run && runKey(first.run.identity)
  );
  return a !== undefined && a === b;
}
