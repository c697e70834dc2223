import { Z } from "./capability.ts";
import type { Duration } from "./events.ts";
import { ExactSum } from "./exact_sum.ts";

/** Wilson's interval of a share, 95 %; nulls when there is nothing to share. */
export function wilsonInterval(
  hits: number,
  n: number,
): readonly [number, number] | readonly [null, null] {
  if (n === 0) return [null, null];
  const share = hits / n;
  const square = Z ** 2;
  const middle = share + square / (2 * n);
  const half = Z *
    Math.sqrt(share * (1 - share) / n + square / (4 * n ** 2));
  const whole = 1 + square / n;
  // Rounding must not leave something of nothing.
  return [
    hits === 0 ? 0 : (middle - half) / whole,
    hits === n ? 1 : (middle + half) / whole,
  ];
}

/** @param counts how often each duration occurred. */
export function durationSummary(
  counts: ReadonlyMap<number, number>,
): Duration {
  const sorted = [...counts].sort(([a], [b]) => a - b);
  const [first] = sorted;
  const last = sorted.at(-1);
  if (first === undefined || last === undefined) return NO_DURATION;
  const sum = new ExactSum();
  let n = 0;
  for (const [duration, count] of sorted) {
    sum.add(duration * count);
    n += count;
  }
  const ranked = (rank: number) => atRank(sorted, rank);
  const [low, high] = [ranked(Math.ceil(n / 2)), ranked((n >> 1) + 1)];
  return {
    n,
    min: first[0],
    median: (low + high) / 2,
    mean: sum.total / n,
    // By nearest rank: the first that 95 % of all do not exceed.
    p95: ranked(Math.ceil(95 * n / 100)),
    max: last[0],
  };
}

const NO_DURATION: Duration = {
  n: 0,
  min: null,
  median: null,
  mean: null,
  p95: null,
  max: null,
};

/** @param rank from 1. */
function atRank(
  sorted: readonly (readonly [number, number])[],
  rank: number,
): number {
  let seen = 0;
  for (const [value, count] of sorted) {
    seen += count;
    if (seen >= rank) return value;
  }
  return NaN;
}
