import assert from "node:assert/strict";
import { bandPath, columnsOf } from "../../../src/stats/html/value_bands.ts";
import { normal } from "./made_measurements.ts";

Deno.test("columnsOf() gives each part its lowest, highest and quartiles", () => {
  const values = normal(10_001, { mean: 5, stdev: 1 });
  const columns = columnsOf(values);
  assert.equal(columns.length, 200);
  assert.equal(columns[0]?.from, 0);
  assert.equal(columns.at(-1)?.to, values.length);
  columns.forEach((column, index) => {
    const part = values.slice(column.from, column.to);
    assert.equal(column.from, columns[index - 1]?.to ?? 0);
    assert.equal(column.min, Math.min(...part));
    assert.equal(column.max, Math.max(...part));
    const below = part.filter((value) => value < column.quarter).length;
    const above = part.filter((value) => value > column.threeQuarters).length;
    assert.ok(Math.abs(below - part.length / 4) <= 1);
    assert.ok(Math.abs(above - part.length / 4) <= 1);
  });
});

Deno.test("bandPath() goes along the upper edge and back along the lower one", () => {
  const columns = columnsOf(Float64Array.of(3, 8));
  const path = bandPath(columns, {
    x: (index) => index * 10,
    low: ({ min }) => min,
    high: ({ max }) => max + 1,
  });
  assert.equal(path, "M0 4V4H10V9H20V8H10V3H0Z");
});
