import assert from "node:assert/strict";
import type { Limits } from "../../src/stats/figures.ts";
import { measurementStatistics } from "../../src/stats/measurement_statistics.ts";
import { assertClose, repeated, seriesOf } from "./series.ts";

/** The values of each stand, in turns, as runs at several stands are. */
function figures(
  stands: Readonly<Record<string, readonly number[]>>,
  limits: Partial<Limits> = { operation: "gele", lower: 0, upper: 40 },
) {
  const names = Object.keys(stands);
  const lists = Object.values(stands);
  const longest = Math.max(...lists.map(({ length }) => length));
  const entries = Array.from(
    { length: longest },
    (_, place) =>
      lists.flatMap((list, stand) => {
        const value = list[place];
        return value === undefined ? [] : [{ value, stand }];
      }),
  ).flat();
  return measurementStatistics(seriesOf(entries.map(({ value }) => value), {
    stands: Uint32Array.from(entries, ({ stand }) => stand),
    standNames: names.map((name) => name || null),
    limits,
  }));
}

Deno.test("stands are listed by name, a missing name first, when there are two", () => {
  const { stands } = figures({ b: [1, 3], "": [5], a: [7, 9] });
  assert.deepEqual(stands?.map(({ stand }) => stand), [null, "a", "b"]);
  const [none, a] = stands ?? [];
  assert.deepEqual([none?.n, none?.mean, none?.stdev], [1, 5, null]);
  assert.deepEqual([a?.min, a?.max, a?.median], [7, 9, 8]);
  assertClose(a?.stdev, Math.SQRT2);
  assert.equal(figures({ a: [1, 3] }).stands, null);
});

Deno.test("a difference between stands is in s and not in sigma within", () => {
  const { sigma_within: sigma, stdev } = figures({
    a: repeated(30, [9, 11]),
    b: repeated(30, [29, 31]),
  });
  assertClose(sigma, 2 / 1.128);
  assertClose(stdev, Math.sqrt(60 * 101 / 59));
});

Deno.test("the worst pair is the highest mean against the lowest, with Welch's t", () => {
  const { worst_pair: pair } = figures({
    a: repeated(30, [9, 11]),
    b: repeated(26, [11, 13]),
    c: repeated(40, [10, 12]),
    d: repeated(24, [50]),
  });
  const error = Math.sqrt(30 / 29 / 30 + 26 / 25 / 26);
  assert.deepEqual([pair?.high, pair?.low, pair?.n_high, pair?.n_low], [
    "b",
    "a",
    26,
    30,
  ]);
  assert.deepEqual([pair?.difference, pair?.median_difference], [2, 2]);
  assertClose(pair?.t, 2 / error);
  assertClose(pair?.share_of_tolerance, 0.05);
  assert.deepEqual([pair?.agrees, pair?.signal], [true, true]);
});

Deno.test("of equal means the first by name is taken, and a pair has two stands", () => {
  const ten = repeated(26, [9, 11]);
  const pair = figures({ d: ten, c: ten, b: [0, ...ten], a: [0, ...ten] });
  assert.deepEqual([pair.worst_pair?.high, pair.worst_pair?.low], ["c", "a"]);
  const equal = figures({ c: ten, b: ten, a: ten }).worst_pair;
  assert.deepEqual([equal?.high, equal?.low], ["a", "b"]);
  assert.deepEqual([equal?.difference, equal?.t, equal?.signal], [0, 0, false]);
});

Deno.test("there is no pair without two stands of 25 values", () => {
  const ten = repeated(26, [9, 11]);
  assert.equal(figures({ a: ten, b: ten.slice(0, 24) }).worst_pair, null);
  assert.ok(figures({ a: ten, b: ten.slice(0, 25) }).worst_pair);
});

Deno.test("an outlier makes a difference of means, but the medians do not agree", () => {
  const ten = repeated(30, [10]);
  const { worst_pair: pair } = figures({ a: ten, b: [...ten.slice(1), 40] });
  assert.deepEqual([pair?.difference, pair?.median_difference], [1, 0]);
  assert.deepEqual([pair?.agrees, pair?.signal], [false, false]);
});

Deno.test("medians agree from half the difference on", () => {
  // Means 10 and 12 in both; the medians are 1 apart in the first, less in the second.
  const ten = repeated(26, [10]);
  const half = figures({
    a: ten,
    b: repeated(26, [11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 24]),
  });
  const pair = half.worst_pair;
  assert.equal(pair?.median_difference, 1);
  assert.equal(pair?.agrees, (pair?.difference ?? 0) <= 2);
  const far = figures({ a: ten, b: [...repeated(24, [11]), 40, 40] });
  assert.ok((far.worst_pair?.difference ?? 0) > 2);
  assert.equal(far.worst_pair?.agrees, false);
});

Deno.test("a pair without any spread has no t and is a signal", () => {
  const { worst_pair: pair } = figures({
    a: repeated(25, [10]),
    b: repeated(25, [10.5]),
  });
  assert.deepEqual([pair?.t, pair?.difference, pair?.signal], [
    null,
    0.5,
    true,
  ]);
});

Deno.test("a difference below t = 4 is no signal", () => {
  const wide = repeated(26, [0, 20]);
  const { worst_pair: pair } = figures({
    a: wide,
    b: wide.map((value) => value + 5),
  });
  assertClose(pair?.t, 5 / Math.sqrt(2 * 100 * 26 / 25 / 26));
  assert.deepEqual([pair?.agrees, pair?.signal], [true, false]);
});

Deno.test("only two limits in order have a tolerance", () => {
  const stands = { a: repeated(25, [1]), b: repeated(25, [2]) };
  const shares = [
    { operation: "gele", lower: 0, upper: 4 },
    { operation: "gele", lower: 0 },
    { operation: "le", comparison: 4 },
    { operation: "gele", lower: 4, upper: 4 },
    { operation: "gele", lower: 4, upper: 0 },
  ].map((limits) => figures(stands, limits).worst_pair?.share_of_tolerance);
  assert.deepEqual(shares, [0.25, null, null, null, null]);
});
