import type { Clock } from "../../src/system/clock.ts";

export const NOON = new Date("2026-03-01T12:00:00.000Z");

/** A clock that only moves when it is told to, or slept on. */
export interface FakeClock extends Clock {
  advance(milliseconds: number): void;
  /** As a person or a time server sets it back; the monotonic time goes on. */
  setBack(milliseconds: number): void;
}

export function fakeClock(start: Date = NOON): FakeClock {
  let passed = 0;
  let behind = 0;
  const advance = (milliseconds: number) => void (passed += milliseconds);
  return {
    advance,
    setBack: (milliseconds) => void (behind += milliseconds),
    now: () => new Date(start.getTime() + passed - behind),
    monotonic: () => passed,
    async sleep(milliseconds) {
      advance(milliseconds);
      // Lets other work, such as the holder of a lock, go on.
      await Promise.resolve();
    },
  };
}
