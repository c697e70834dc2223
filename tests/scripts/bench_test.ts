import assert from "node:assert/strict";
import { sizeRow, table, timeRow } from "../../scripts/bench/report.ts";
import { medianRatio, spread } from "../../scripts/bench/statistics.ts";

Deno.test("spread() finds the middle of odd and even counts", () => {
  assert.deepEqual(spread([3, 1, 2]), { min: 1, median: 2, max: 3 });
  assert.deepEqual(spread([10, 9, 1, 2]), { min: 1, median: 5.5, max: 10 });
});

Deno.test("spread() refuses no values", () => {
  assert.throws(() => spread([]), /no values/);
});

Deno.test("medianRatio() compares each run with its neighbour in time", () => {
  const pairs = [
    { baseline: 10, subject: 11 },
    { baseline: 100, subject: 110 },
    { baseline: 10, subject: 30 },
  ];
  assert.equal(medianRatio(pairs), 1.1);
});

Deno.test("table() puts the budget beside what was measured", () => {
  const pairs = [{ baseline: 20, subject: 23 }];
  const rows = [
    timeRow("--version", { pairs, budget: 1.2 }),
    sizeRow("size", { pair: { baseline: 1000, subject: 3500 }, budget: 4000 }),
  ];
  const [, time, size] = table(rows);
  assert.match(time ?? "", /20\.0 \/ 20\.0 \/ 20\.0 .* × 1\.15 {2,}× 1\.20$/);
  assert.match(size ?? "", /1,000 +3,500 +\+2,500 +\+4,000$/);
});
