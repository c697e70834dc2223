import assert from "node:assert/strict";
import fc from "fast-check";
import { decimate } from "../../src/page/decimate.ts";

const COLUMNS = 50;

const share = fc.double({ min: 0, max: 1, noNaN: true });
const length = fc.integer({ min: 1, max: 3000 });

function kept(x: readonly number[], y: readonly number[]): number[] {
  const indexes = decimate(x.length, {
    columns: COLUMNS,
    x: (index) => x[index] ?? NaN,
    y: (index) => y[index] ?? NaN,
  });
  return indexes.filter((index) => index !== undefined);
}

function column(x: number | undefined): number {
  return Math.floor((x ?? 0) * COLUMNS);
}

Deno.test("decimate() keeps the lowest and highest point of each column, the first and the last", () => {
  fc.assert(
    fc.property(length, fc.infiniteStream(share), (count, stream) => {
      const y = [...stream.take(count)];
      const x = y.map((_, index) => index / count);
      const indexes = kept(x, y);
      assert.equal(indexes[0], 0);
      assert.equal(indexes.at(-1), count - 1);
      assert.ok(indexes.length <= 4 * (COLUMNS + 1));
      assert.deepEqual([...indexes].sort((a, b) => a - b), indexes);
      const extremes = (all: readonly number[]) => {
        const byColumn = new Map<number, [number, number]>();
        for (const index of all) {
          const value = y[index] ?? NaN;
          const [low, high] = byColumn.get(column(x[index])) ??
            [value, value];
          byColumn.set(column(x[index]), [
            Math.min(low, value),
            Math.max(high, value),
          ]);
        }
        return byColumn;
      };
      assert.deepEqual(extremes(indexes), extremes(y.map((_, i) => i)));
    }),
  );
});

Deno.test("decimate() keeps the outermost points of a line that goes back and forth, and stays small", () => {
  fc.assert(
    fc.property(length, fc.infiniteStream(share), (count, stream) => {
      const x = [...stream.take(count)];
      const y = [...stream.take(count)];
      const indexes = kept(x, y);
      assert.ok(indexes.length <= Math.max(count, 8 * COLUMNS));
      if (count > 4 * COLUMNS) assert.ok(indexes.length <= 8 * COLUMNS);
      for (const values of [x, y]) {
        const shown = indexes.map((index) => values[index] ?? NaN);
        assert.equal(Math.max(...shown), Math.max(...values));
        assert.equal(Math.min(...shown), Math.min(...values));
      }
      assert.deepEqual([indexes[0], indexes.at(-1)], [0, count - 1]);
    }),
  );
});

Deno.test("decimate() breaks the line where a point cannot be drawn", () => {
  const y = [0, 1, NaN, NaN, 1, 0];
  assert.deepEqual(
    decimate(y.length, {
      columns: COLUMNS,
      x: (index) => index / 10,
      y: (index) => y[index] ?? NaN,
    }),
    [0, 1, undefined, 4, 5],
  );
});
