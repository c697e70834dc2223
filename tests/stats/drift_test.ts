import assert from "node:assert/strict";
import type { DriftRule } from "../../src/stats/figures.ts";
import { driftOf } from "../../src/stats/drift.ts";
import { utcText } from "../../src/stats/times.ts";
import { assertClose, repeated, timeAt } from "./series.ts";

function chart(values: readonly number[]) {
  return driftOf({
    stand: "eol-1",
    values: Float64Array.from(values),
    times: Float64Array.from(values, (_, index) => timeAt(index)),
  });
}

function rule(name: DriftRule["rule"], values: readonly number[]): DriftRule {
  const found = chart(values)?.rules.find(({ rule }) => rule === name);
  assert.ok(found, `no ${name}`);
  return found;
}

/** With sigma 2 ÷ 1.128 around 0. */
const STEADY = repeated(40, [1, -1]);

Deno.test("a chart needs 25 values, and two different ones", () => {
  assert.equal(chart(STEADY.slice(0, 24)), null);
  assert.equal(chart(repeated(25, [7])), null);
  const found = chart(STEADY);
  assert.deepEqual([found?.stand, found?.n, found?.centre], ["eol-1", 40, 0]);
  assertClose(found?.sigma, 2 / 1.128);
});

Deno.test("beyond_3_sigma counts points, and says when the first was", () => {
  // The steps are 38 of 2, 9 and 11; the mean is 10 ÷ 41 and sigma 2.13.
  const values = [...STEADY.slice(0, 20), 10, ...STEADY.slice(20)];
  const found = rule("beyond_3_sigma", values);
  const m = 0.0027 * 41;
  assert.deepEqual([found.count, found.first_index], [1, 21]);
  assert.equal(found.first_time, "2026-03-02T06:20:00Z");
  assert.deepEqual(
    [found.longest, found.longest_side, found.longest_from],
    [1, "above", "2026-03-02T06:20:00Z"],
  );
  assertClose(found.chance, Math.E ** (1 - m) * m);
  assert.equal(found.signal, false);
});

Deno.test("beyond_3_sigma has chance 1 for a steady process", () => {
  const found = rule("beyond_3_sigma", STEADY);
  assert.deepEqual(
    [found.count, found.first_index, found.first_time, found.chance],
    [0, null, null, 1],
  );
  assert.deepEqual(
    [found.longest, found.longest_side, found.longest_from],
    [0, null, null],
  );
});

Deno.test("beyond_3_sigma is a signal when points beyond are many", () => {
  const values = [
    ...repeated(60, [1, -1]),
    30,
    30,
    30,
    ...repeated(60, [1, -1]),
  ];
  const found = rule("beyond_3_sigma", values);
  assert.deepEqual([found.count, found.longest], [3, 3]);
  const m = 0.0027 * 123;
  assertClose(found.chance, Math.E ** (3 - m) * (m / 3) ** 3);
  assert.equal(found.signal, false);
  const more = rule("beyond_3_sigma", [...values, 30, 30]);
  assert.ok(more.count === 5 && more.chance < 0.001 && more.signal);
});

Deno.test("a point on the line of 3 sigma is not beyond it", () => {
  // 48 steps of 1.128 make sigma 1: x and -x cancel, so the centre is 0.
  const step = 1.128;
  const at = (value: number) => {
    const up = [0, step, 0, -step];
    return [...repeated(40, up), 0, value, 0, -value, ...repeated(40, up)];
  };
  for (
    const [factor, count] of [[1 - 2e-6, 0], [1, 0], [1 + 2e-6, 2]] as const
  ) {
    // The two points make the mean step larger: solve x = 3 sigma (x).
    const [steps, others] = [83, 79];
    const line = 3 * others / (steps - 12 / step) * factor;
    const values = at(line);
    const found = chart(values);
    assertClose(found?.centre === 0 ? 1 : 0, 1);
    assertClose((found?.sigma ?? 0) * 3, line / factor, 1e-5);
    assert.equal(rule("beyond_3_sigma", values).count, count, `${factor}`);
  }
});

Deno.test("eight_one_side fires from the eighth point in a row on", () => {
  const seven = rule("eight_one_side", [...STEADY, ...repeated(7, [3, 4]), -3]);
  assert.equal(seven.count, 0);
  const values = [...STEADY, ...repeated(10, [3, 4]), ...STEADY];
  const found = rule("eight_one_side", values);
  // The point after the row, 1, lies above the centre of 35 ÷ 90 too.
  assert.deepEqual([found.count, found.first_index], [4, 48]);
  assert.deepEqual(
    [found.longest, found.longest_side, found.longest_from],
    [11, "above", "2026-03-02T06:40:00Z"],
  );
  const share = 50 / 90;
  assertClose(found.chance, 2 * 80 * share ** 11);
  assert.equal(found.signal, false);
});

Deno.test("eight_one_side is a signal when chance does not explain the row", () => {
  const values = [...STEADY, ...repeated(41, [-3, -4])];
  const found = rule("eight_one_side", values);
  assert.deepEqual([found.longest, found.longest_side], [41, "below"]);
  assert.ok(found.chance < 1e-9 && found.signal);
});

Deno.test("a row is a signal below a chance of 0.001", () => {
  for (const [length, isSignal] of [[20, false], [26, true]] as const) {
    const row = repeated(length, [3, 4]);
    const found = rule("eight_one_side", [...STEADY, ...row, ...STEADY]);
    const share = (40 + length) / (80 + length);
    assertClose(found.chance, 2 * 80 * share ** (length + 1));
    assert.equal(found.signal, isSignal, `${found.chance}`);
  }
});

Deno.test("a rule that did not fire gives no signal, however small the chance", () => {
  // Seven high points balance six times seven low ones, which points on the centre part.
  const low = repeated(49, [-1, -1, -1, -1, -1, -1, 0]);
  const found = rule("eight_one_side", [...repeated(7, [6]), ...low]);
  assert.deepEqual([found.count, found.longest], [0, 7]);
  assertClose(found.chance, 2 * 50 * (7 / 56) ** 7);
  assert.equal(found.signal, false);
});

Deno.test("of equally long rows the first is told", () => {
  const row = repeated(9, [3, 4]);
  const low = row.map((value) => -value);
  const values = [...STEADY, ...row, -1, 1, ...low, 1, -1, ...STEADY];
  const found = rule("eight_one_side", values);
  assert.deepEqual([found.count, found.longest], [4, 9]);
  assert.deepEqual(
    [found.longest_side, found.longest_from],
    ["above", "2026-03-02T06:40:00Z"],
  );
});

Deno.test("a point on the centre ends a row, also when rounding moves it", () => {
  const sides = [...repeated(4, [3, 4]), 0, ...repeated(4, [3, 4])];
  const values = [...sides, ...sides.map((value) => -value), ...STEADY];
  assert.equal(rule("eight_one_side", values).longest, 4);
  const near = values.map((value) => value === 0 ? 1e-7 : value);
  assert.equal(rule("eight_one_side", near).longest, 4);
  const off = values.map((value, index) => index === 4 ? 1e-4 : value);
  assert.equal(rule("eight_one_side", off).longest, 9);
});

Deno.test("six_trending fires from the sixth point on, each above the one before", () => {
  const five = [...STEADY, -2, -1.5, -1.2, 0, 2, -3, ...STEADY];
  assert.equal(rule("six_trending", five).count, 0);
  // The trend begins at the last -1 of the steady part: -1, 2, 3, 4, 5, 6, 7.
  const found = rule("six_trending", [...STEADY, 2, 3, 4, 5, 6, 7, ...STEADY]);
  assert.deepEqual([found.count, found.first_index], [2, 45]);
  assert.deepEqual(
    [found.longest, found.longest_side, found.longest_from],
    [7, "up", "2026-03-02T06:39:00Z"],
  );
  assertClose(found.chance, 2 * 80 / 5040);
});

Deno.test("a trend that turns begins anew at its turning point, and equal points end it", () => {
  const turning = [...STEADY, 2, 3, 2.5, 2, 1.5, 1, 0.5, ...STEADY];
  const found = rule("six_trending", turning);
  // 3, 2.5, 2, 1.5, 1, 0.5, then 1: down from the forty-second point on.
  assert.deepEqual([found.longest, found.longest_side], [6, "down"]);
  assert.equal(found.longest_from, "2026-03-02T06:41:00Z");
  const equal = [...STEADY, 2, 3, 4, 4, 5, 6, 7, ...STEADY];
  assert.equal(rule("six_trending", equal).longest, 4);
});

Deno.test("chances stay between 0 and 1, also of very long rows", () => {
  const rising = Array.from({ length: 2000 }, (_, index) => index);
  for (const { chance, signal } of chart(rising)?.rules ?? []) {
    assert.ok(chance >= 0 && chance < 1e-9 && signal);
  }
  const steady = chart(STEADY)?.rules ?? [];
  assert.deepEqual(steady.map(({ chance }) => chance), [1, 1, 1]);
});

Deno.test("utcText() gives whole seconds, and null for what has no year of four digits", () => {
  assert.equal(utcText(1772431200999), "2026-03-02T06:00:00Z");
  assert.equal(utcText(-1), "1969-12-31T23:59:59Z");
  assert.deepEqual([1e15, 1e30, NaN].map(utcText), [null, null, null]);
});
