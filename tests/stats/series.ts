import assert from "node:assert/strict";
import type { Limits, Series } from "../../src/stats/figures.ts";

export const NO_LIMITS: Limits = {
  operation: null,
  lower: null,
  upper: null,
  comparison: null,
};

/** Of one stand, a run each minute from 2026-03-02T06:00:00Z on. */
export function seriesOf(
  values: readonly number[],
  options: Partial<Omit<Series, "limits">> & { limits?: Partial<Limits> } = {},
): Series {
  return {
    stands: new Uint32Array(values.length),
    standNames: ["eol-1"],
    ...options,
    values: Float64Array.from(values),
    times: Float64Array.from(values, (_, index) => timeAt(index)),
    limits: { ...NO_LIMITS, ...options.limits },
  };
}

export function timeAt(index: number): number {
  return Date.UTC(2026, 2, 2, 6, index);
}

/** Equal to 12 digits: the rounding of the last ones depends on the order of operations. */
export function assertClose(
  actual: number | null | undefined,
  expected: number,
  tolerance = 1e-12,
): void {
  assert.ok(
    typeof actual === "number" &&
      Math.abs(actual - expected) <= tolerance * Math.abs(expected),
    `${actual} is not ${expected}`,
  );
}

/** The given values again and again, so many in all. */
export function repeated(
  count: number,
  values: readonly number[],
): number[] {
  return Array.from(
    { length: count },
    (_, index) => values[index % values.length] ?? NaN,
  );
}
