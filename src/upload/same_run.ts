import type { Examined } from "../runs/examine.ts";
import type { Run } from "../runs/run.ts";

/**
 * What stays the same when HardPy adds to a run that has finished; undefined
 * where nothing tells the run from another one.
 */
export function runKey({ identity, value }: Run): string | undefined {
  const { serialNumber, startTime, stopTime } = identity;
  return !serialNumber?.trim() || startTime === null || stopTime === null
    ? undefined
    : JSON.stringify([serialNumber, startTime, stopTime, value["status"]]);
}

/** Whether both are the same run, perhaps at two times. */
export function areSameRun(
  one: readonly Examined[],
  other: readonly Examined[],
): boolean {
  const [a, b] = [one, other].map(([first]) => first?.run && runKey(first.run));
  return a !== undefined && a === b;
}
