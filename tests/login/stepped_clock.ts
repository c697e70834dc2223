import type { Clock } from "../../src/system/clock.ts";
import { NOON } from "../system/fake_clock.ts";

/** A clock on which several sleep at the same time. */
export interface SteppedClock extends Clock {
  /** Waits until so many sleep. */
  asleep(count: number): Promise<void>;
  /** Moves the clock and wakes who has slept enough. */
  step(milliseconds: number): void;
}

interface Sleeper {
  readonly until: number;
  wake(): void;
}

export function steppedClock(): SteppedClock {
  let passed = 0;
  let sleepers: Sleeper[] = [];
  return {
    now: () => new Date(NOON.getTime() + passed),
    monotonic: () => passed,
    sleep: (milliseconds, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        sleepers.push({ until: passed + milliseconds, wake: resolve });
        signal?.addEventListener("abort", () => resolve(), { once: true });
      }),
    asleep: (count) => until(() => sleepers.length === count),
    step(milliseconds) {
      passed += milliseconds;
      const [due, later] = [true, false].map((isDue) =>
        sleepers.filter(({ until }) => (until <= passed) === isDue)
      );
      sleepers = later ?? [];
      for (const { wake } of due ?? []) wake();
    },
  };
}

const PATIENCE_MILLISECONDS = 10_000;

/** Waits until something is so. */
export async function until(isSo: () => boolean): Promise<void> {
  const start = performance.now();
  while (!isSo()) {
    if (performance.now() - start > PATIENCE_MILLISECONDS) {
      throw new Error(`It did not come to ${isSo}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
