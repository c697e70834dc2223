import assert from "node:assert/strict";
import fc from "fast-check";
import { binsOf, histogram } from "../../../src/stats/html/histogram.ts";
import { isDrawn, spanOf } from "../../../src/stats/html/span.ts";
import { between, measurementOf } from "./made_measurements.ts";

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const values = fc.array(fc.oneof(finite, fc.double({ min: 4, max: 6 })), {
  minLength: 1,
  maxLength: 60,
}).map((list) => Float64Array.from(list.filter((one) => !Number.isNaN(one))));

Deno.test("binsOf() counts each value once, in the drawing or beyond it", () => {
  fc.assert(
    fc.property(values, finite, finite, (list, a, b) => {
      const limits = between(Math.min(a, b), Math.max(a, b));
      const result = measurementOf({ values: list, limits });
      const span = spanOf(result, list);
      if (span === undefined) return assert.equal(list.length, 0);
      const { counts, below, above } = binsOf(list, span);
      const inside = counts.reduce((sum, count) => sum + count, 0);
      assert.equal(inside + below + above, list.length);
      assert.equal(inside, list.filter((one) => isDrawn(one, span)).length);
      const { text } = histogram(result, list);
      assert.doesNotMatch(text, /NaN|Infinity/);
    }),
    { seed: 8 },
  );
});

function titleOf(list: number[], lower: number, upper: number): string {
  const series = Float64Array.from(list);
  const limits = between(lower, upper);
  const { text } = histogram(measurementOf({ values: series, limits }), series);
  return /<title>(.*)<\/title>/.exec(text)?.[1] ?? "";
}

Deno.test("histogram() says what lies beyond the drawing", () => {
  const list = [5, 5.1, 4.9, 5, 5.05, 4.95, 5.02, 4.98];
  assert.equal(titleOf(list, 4.5, 5.5), "Histogram of 8 values");
  assert.equal(
    titleOf(list, 4.5, 600),
    "Histogram of 8 values, the upper limit lies further right",
  );
  assert.equal(
    titleOf([...list, ...list, ...list, 99], 4.5, 5.5),
    "Histogram of 25 values, 1 lies beyond the drawing",
  );
});

Deno.test("binsOf() tells values beyond the left end from those beyond the right one", () => {
  const bounds = { lower: null, upper: null };
  const list = Float64Array.of(1, 4, 5, 6, 9, 9.5);
  const { counts, below, above } = binsOf(list, { low: 4, high: 6, bounds });
  assert.deepEqual([below, above], [1, 2]);
  assert.deepEqual([counts[0], counts[16], counts[31]], [1, 1, 1]);
});
