import assert from "node:assert/strict";
import { durationSummary, wilsonInterval } from "../../src/stats/rates.ts";
import { assertClose } from "./series.ts";

Deno.test("wilsonInterval() gives the published values", () => {
  // Newcombe, Statistics in Medicine 17 (1998) 857, method 3.
  const published = [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ] as const;
  for (const [hits, n, ...expected] of published) {
    const digits = wilsonInterval(hits, n).map((one) => one?.toFixed(4));
    assert.deepEqual(digits, expected.map((one) => one.toFixed(4)));
  }
});

Deno.test("wilsonInterval() ends at 0 and 1 exactly, and is null for nothing", () => {
  const square = 1.959963984540054 ** 2;
  for (const n of [1, 3, 7, 100, 99_991]) {
    const [low, high] = wilsonInterval(0, n);
    assert.equal(low, 0);
    assertClose(high, square / (n + square));
    const [below, above] = wilsonInterval(n, n);
    assertClose(below, n / (n + square));
    assert.equal(above, 1);
  }
  assert.deepEqual(wilsonInterval(0, 0), [null, null]);
});

function durations(values: readonly number[]) {
  const counts = new Map<number, number>();
  for (const value of values) {
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return durationSummary(counts);
}

Deno.test("durationSummary() takes p95 by nearest rank", () => {
  const upTo = (n: number) => Array.from({ length: n }, (_, i) => n - i);
  const ranks = [1, 19, 20, 21, 40, 41, 100, 101, 1000]
    .map((n) => durations(upTo(n)).p95);
  assert.deepEqual(ranks, [1, 19, 19, 20, 38, 39, 95, 96, 950]);
});

Deno.test("durationSummary() weighs each duration with how often it was", () => {
  assert.deepEqual(durations([9, 4, 4, 4, 30, 12]), {
    n: 6,
    min: 4,
    median: 6.5,
    mean: 10.5,
    p95: 30,
    max: 30,
  });
  assert.equal(durations([3, 1, 2]).median, 2);
});

Deno.test("durationSummary() of nothing is nothing", () => {
  assert.deepEqual(durations([]), {
    n: 0,
    min: null,
    median: null,
    mean: null,
    p95: null,
    max: null,
  });
});
