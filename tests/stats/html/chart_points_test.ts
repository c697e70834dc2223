import assert from "node:assert/strict";
import fc from "fast-check";
import { chartPoints } from "../../../src/stats/html/chart_points.ts";
import { between, measurementOf, normal } from "./made_measurements.ts";

const pointOf = (index: number) => ({ x: index, y: 0 });

function seriesOf(values: Float64Array, width: number) {
  const limits = between(-width, width);
  return measurementOf({ values, limits }).series();
}

Deno.test("chartPoints() draws every point of a short series", () => {
  const series = seriesOf(normal(800, { mean: 0, stdev: 1 }), 2);
  const { indexes, left } = chartPoints(series, {
    markOf: () => 0,
    pointOf,
  });
  assert.equal(indexes.length, 800);
  assert.equal(left, 0);
});

Deno.test("chartPoints() keeps extremes of each mark and all outside, and counts the rest", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 801, max: 20_000 }),
      fc.integer({ min: 1, max: 8 }),
      fc.double({ min: 1.8, max: 4, noNaN: true }),
      (count, marks, width) => {
        const values = normal(count, { mean: 0, stdev: 1, seed: count });
        const series = seriesOf(values, width);
        const markOf = (index: number) => index % marks;
        const { indexes, left } = chartPoints(series, {
          markOf,
          pointOf,
        });
        const drawn = new Set(indexes);
        assert.deepEqual([...drawn], [...drawn].sort((a, b) => a - b));
        series.outside.forEach((outside, index) =>
          assert.ok(!outside || drawn.has(index))
        );
        for (let mark = 0; mark < marks; mark++) {
          const own = [...values.keys()].filter((one) => markOf(one) === mark);
          const at = (index: number) => values[index] ?? NaN;
          const highest = own.reduce((a, b) => at(b) > at(a) ? b : a);
          const lowest = own.reduce((a, b) => at(b) < at(a) ? b : a);
          assert.ok(drawn.has(highest) && drawn.has(lowest));
        }
        assert.equal(drawn.size + left, count);
        const outside = series.outside.filter((one) => one === 1).length;
        assert.ok(drawn.size <= 1300 + outside, `${drawn.size}`);
      },
    ),
    { numRuns: 30, seed: 3 },
  );
});

Deno.test("chartPoints() draws one of many points outside that cover each other, and counts the others", () => {
  const series = seriesOf(normal(9000, { mean: 9, stdev: 0.1 }), 1);
  const { indexes, left, covered } = chartPoints(series, {
    markOf: () => 0,
    pointOf: (index) => ({ x: index % 80, y: 3 }),
  });
  assert.ok(indexes.length < 1300, `${indexes.length}`);
  assert.equal(left, 0);
  assert.equal(indexes.length + covered, 9000);
});
