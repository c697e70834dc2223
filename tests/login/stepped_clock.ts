import type { Clock } from "../../src/system/clock.ts";
import { NOON } from "../system/fake_clock.ts";

/** A clock on which several sleep at the same time. */
export interface SteppedClock extends Clock {
  /** Moves the clock, wakes who has slept enough, and lets them go on. */
  step(milliseconds: number): Promise<void>;
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
    async step(milliseconds) {
      await settled();
      passed += milliseconds;
      const [due, later] = [true, false].map((isDue) =>
        sleepers.filter(({ until }) => (until <= passed) === isDue)
      );
      sleepers = later ?? [];
      for (const { wake } of due ?? []) wake();
      await settled();
    },
  };
}

/** Whoever was woken has come to the next wait. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
