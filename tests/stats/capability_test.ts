import assert from "node:assert/strict";
import type { Limits } from "../../src/stats/figures.ts";
import { measurementStatistics } from "../../src/stats/measurement_statistics.ts";
import { assertClose, repeated, seriesOf } from "./series.ts";

/** 50 values of mean 10, with steps of 2: sigma within is 2 ÷ 1.128, s is √(50 ÷ 49). */
const VALUES = repeated(50, [9, 11]);
const WITHIN = 2 / 1.128;
const S = Math.sqrt(50 / 49);

function figures(values: readonly number[], limits: Partial<Limits>) {
  return measurementStatistics(seriesOf(values, { limits }));
}

Deno.test("Cp and Cpk take the short-term spread, Pp and Ppk the long-term one", () => {
  const found = figures(VALUES, { operation: "gele", lower: 4, upper: 20 });
  assertClose(found.sigma_within, WITHIN);
  assertClose(found.cp, 16 / (6 * WITHIN));
  assertClose(found.cpk, 6 / (3 * WITHIN));
  assertClose(found.pp, 16 / (6 * S));
  assertClose(found.ppk, 6 / (3 * S));
});

Deno.test("the interval of an index is Bissell's", () => {
  const found = figures(VALUES, { operation: "gele", lower: 4, upper: 20 });
  for (
    const [index, low, high] of [
      [found.cpk, found.cpk_low, found.cpk_high],
      [found.ppk, found.ppk_low, found.ppk_high],
    ]
  ) {
    assert.ok(typeof index === "number");
    const half = 1.959963984540054 * Math.sqrt(1 / 450 + index ** 2 / 98);
    assertClose(low, index - half);
    assertClose(high, index + half);
  }
});

Deno.test("one limit gives Cpk and Ppk of that limit and neither Cp nor Pp", () => {
  const sides: [Partial<Limits>, number][] = [
    [{ operation: "ge", comparison: 7 }, 3],
    [{ operation: "gt", comparison: 7 }, 3],
    [{ operation: "le", comparison: 15 }, 5],
    [{ operation: "lt", comparison: 15 }, 5],
    [{ operation: "gtlt", lower: 7 }, 3],
    [{ operation: null, upper: 15 }, 5],
  ];
  for (const [limits, distance] of sides) {
    const { cp, pp, ppk, cpk } = figures(VALUES, limits);
    assert.deepEqual([cp, pp], [null, null]);
    assertClose(ppk, distance / (3 * S));
    assertClose(cpk, distance / (3 * WITHIN));
  }
});

Deno.test("a mean beyond its limit has a negative index and is not capable", () => {
  const { ppk, verdict } = figures(VALUES, { operation: "le", comparison: 8 });
  assertClose(ppk, -2 / (3 * S));
  assert.equal(verdict, "not_capable");
});

Deno.test("the verdict goes by Ppk: 1.33 is capable, 1 is marginal", () => {
  const verdicts = [1.3301, 1.3299, 1.0001, 0.9999].map((ppk) =>
    figures(VALUES, { operation: "le", comparison: 10 + ppk * 3 * S }).verdict
  );
  assert.deepEqual(verdicts, [
    "capable",
    "marginal",
    "marginal",
    "not_capable",
  ]);
});

Deno.test("the first reason against an index is the verdict", () => {
  const both = { lower: 4, upper: 20 };
  const few = VALUES.slice(0, 24);
  const cases: [readonly number[], Partial<Limits>, string][] = [
    [few, { operation: "eq", comparison: 9 }, "pass_fail_only"],
    [few, { operation: "ltgt", ...both }, "pass_fail_only"],
    [few, {}, "no_limits"],
    [few, { operation: "ge", lower: 4 }, "no_limits"],
    [few, { operation: "gele", lower: 4, upper: 4 }, "limits_contradict"],
    [few, { operation: "gele", lower: 5, upper: 4 }, "limits_contradict"],
    [few, { operation: "gele", ...both }, "too_few"],
    [repeated(24, [5]), { operation: "gele", ...both }, "too_few"],
    [repeated(25, [5]), { operation: "gele", ...both }, "no_spread"],
    [VALUES.slice(0, 25), { operation: "gele", ...both }, "capable"],
  ];
  for (const [values, limits, verdict] of cases) {
    const found = figures(values, limits);
    assert.equal(found.verdict, verdict);
    if (verdict === "capable") continue;
    const indices = [found.cp, found.cpk, found.cpk_low, found.cpk_high].concat(
      [found.pp, found.ppk, found.ppk_low, found.ppk_high],
    );
    assert.ok(indices.every((index) => index === null));
  }
});

Deno.test("limits that belong to the unit and texts have no index", () => {
  const varying = seriesOf(VALUES, { limitsVary: true });
  const { verdict, ppk, mean, sigma_within: sigma } = measurementStatistics(
    varying,
  );
  assert.deepEqual([verdict, ppk, mean], ["limits_vary", null, 10]);
  assertClose(sigma, WITHIN);
  const text = measurementStatistics(seriesOf([], { kind: "string" }));
  assert.deepEqual(
    [text.verdict, text.mean, text.drift, text.stands],
    ["pass_fail_only", null, null, null],
  );
});

Deno.test("where only passed or failed counts, the spread is told and no sigma within", () => {
  const { mean, stdev, sigma_within: sigma, drift } = figures(VALUES, {
    operation: "ne",
    comparison: 5,
  });
  assert.deepEqual([mean, sigma, drift], [10, null, null]);
  assertClose(stdev, S);
});

Deno.test("no step within a stand means no Cpk, while Ppk stays", () => {
  const values = repeated(30, [9, 11]);
  const found = measurementStatistics(seriesOf(values, {
    stands: Uint32Array.from(values, (_, index) => index),
    standNames: values.map((_, index) => `stand ${index}`),
    limits: { operation: "le", comparison: 20 },
  }));
  assert.deepEqual([found.sigma_within, found.cpk, found.cpk_low], [
    null,
    null,
    null,
  ]);
  assert.equal(found.verdict, "capable");
});
