import {
  type Health,
  type HealthFacts,
  judgeHealth,
  NO_RUNS,
} from "../../../src/inspect/health/health.ts";
import { NOON } from "../../system/fake_clock.ts";

export function secondsAgo(seconds: number): Date {
  return new Date(NOON.getTime() - seconds * 1000);
}

/** The counts of a ledger; those that are not named are 0. */
export function runs(
  counts: Partial<HealthFacts["counts"]>,
): HealthFacts["counts"] {
  return { ...NO_RUNS.counts, ...counts };
}

/** A stand that is all right, but for the changes. */
export function healthOf(
  changes: Partial<HealthFacts>,
  maxAgeSeconds?: number,
): Health {
  const facts = {
    ...NO_RUNS,
    address: "demo.standcloud.io",
    login: "valid",
    ...changes,
  } as const;
  return judgeHealth(facts, { now: NOON, maxAgeSeconds });
}
