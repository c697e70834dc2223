import assert from "node:assert/strict";
import { ExactSum } from "../../src/stats/exact_sum.ts";
import { sigmaWithin, summaryOf } from "../../src/stats/summary.ts";
import { assertClose, repeated } from "./series.ts";

function summary(values: readonly number[]) {
  const found = summaryOf(Float64Array.from(values));
  assert.ok(found !== undefined);
  return found;
}

Deno.test("ExactSum keeps what a plain sum rounds away", () => {
  const sum = new ExactSum();
  for (const value of [1, 1e100, 1, -1e100]) sum.add(value);
  assert.equal(sum.total, 2);
});

Deno.test("summaryOf() gives the certified values of NIST's NumAcc3 and NumAcc4", () => {
  for (const base of [1_000_000, 10_000_000]) {
    const values = [base + 0.2, ...repeated(1000, [base + 0.1, base + 0.3])];
    const { n, mean, stdev } = summary(values);
    assert.equal(n, 1001);
    assertClose(mean, base + 0.2);
    // The values themselves are rounded to doubles: no computation does better.
    assertClose(stdev, 0.1, base === 1_000_000 ? 1e-9 : 1e-7);
  }
});

Deno.test("summaryOf() is right to 1e-9 for 1 MHz ± 10 Hz", () => {
  const { mean, stdev } = summary(
    repeated(100_000, [999_990, 1_000_010]),
  );
  assert.equal(mean, 1_000_000);
  assertClose(stdev, Math.sqrt(100 * 100_000 / 99_999));
});

Deno.test("summaryOf() does not feel that the mean itself is rounded", () => {
  // Doubles of this size lie 0.125 apart: the mean, 1e15 + 2 ÷ 3, is none of them.
  assertClose(summary([1e15, 1e15 + 1, 1e15 + 1]).stdev, Math.sqrt(1 / 3));
});

Deno.test("summaryOf() divides by n - 1, and takes the mean of two middle values as median", () => {
  const { min, max, mean, median, stdev } = summary([2, 4, 4, 4, 5, 5, 7, 9]);
  assert.deepEqual([min, max, mean, median], [2, 9, 5, 4.5]);
  assertClose(stdev, Math.sqrt(32 / 7));
  assert.equal(summary([9, 1, 5]).median, 5);
});

Deno.test("summaryOf() has no stdev for one value and nothing for none", () => {
  assert.equal(summary([3]).stdev, null);
  assert.equal(summary([3, 3]).stdev, 0);
  assert.equal(summaryOf(new Float64Array()), undefined);
});

Deno.test("summaryOf() gives equal values no spread, whatever their digits", () => {
  // The sum of 49 of them, divided by 49, is another double.
  for (const value of [0.1, 1 / 3, 1e-7, 123.456]) {
    for (let n = 2; n < 60; n++) {
      const { mean, stdev } = summary(repeated(n, [value]));
      assert.deepEqual([mean, stdev], [value, 0]);
    }
  }
});

Deno.test("summaryOf() and sigmaWithin() work at both ends of the doubles", () => {
  const large = [1.6e308, 1.7e308, 1.5e308, 1.7e308];
  const { mean, median, stdev } = summary(large);
  assertClose(mean, 1.625e308);
  assertClose(median, 1.65e308);
  assertClose(stdev, 1e307 * Math.sqrt(2.75 / 3));
  const small = summary([1e-310, 3e-310]);
  assertClose(small.mean, 2e-310, 1e-9);
  assertClose(small.stdev, Math.SQRT2 * 1e-310, 1e-9);
  const steps = sigmaWithin([Float64Array.from([-1.5e308, 1.5e308])]);
  assert.equal(steps, Infinity);
  assertClose(sigmaWithin([Float64Array.from(large)]), 5e307 / 3 / 1.128);
});

Deno.test("sigmaWithin() is the mean step within the stands divided by 1.128", () => {
  const [a, b] = [[1, 2, 4], [100, 103]].map((one) => Float64Array.from(one));
  assert.ok(a && b);
  assertClose(sigmaWithin([a, b]), (1 + 2 + 3) / 3 / 1.128);
  assert.equal(sigmaWithin([a.slice(0, 1), b.slice(0, 1)]), null);
  assert.equal(sigmaWithin([]), null);
});
