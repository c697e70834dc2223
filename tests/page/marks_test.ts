import assert from "node:assert/strict";
import fc from "fast-check";
import { MARKS, marks, type Point, rings } from "../../src/page/marks.ts";

/** Where a path of marks has been when all its steps are added up: the start of each part. */
function starts(path: string): Point[] {
  const found: Point[] = [];
  let [x, y, startX, startY] = [0, 0, 0, 0];
  for (const [, command, numbers = ""] of path.matchAll(/([a-z])([^a-z]*)/g)) {
    const steps = (numbers.match(/-?[\d.]+/g) ?? []).map(Number);
    if (command === "z") [x, y] = [startX, startY];
    else if (command === "h") x += steps[0] ?? 0;
    else if (command === "v") y += steps[0] ?? 0;
    else {
      for (let index = 0; index < steps.length; index += 2) {
        x += steps[index] ?? 0;
        y += steps[index + 1] ?? 0;
        if (command === "m") {
          [startX, startY] = [x, y];
          found.push({ x, y });
        }
      }
    }
  }
  return found;
}

const points = fc.array(
  fc.record({
    x: fc.integer({ min: 0, max: 1000 }),
    y: fc.integer({ min: 0, max: 440 }),
  }),
  { minLength: 1, maxLength: 50 },
);

Deno.test("marks() draws each point where it is, in the shape of its series", () => {
  fc.assert(
    fc.property(points, fc.nat({ max: MARKS - 1 }), (list, series) => {
      const path = / d="([^"]*)"/.exec(marks(series, list).text)?.[1] ?? "";
      const drawn = starts(path);
      assert.equal(drawn.length, list.length);
      const rise = (drawn[0]?.y ?? 0) - (list[0]?.y ?? 0);
      assert.ok(Math.abs(rise) <= 10);
      assert.deepEqual(drawn, list.map(({ x, y }) => ({ x, y: y + rise })));
    }),
  );
});

Deno.test("no two series have the same colour and mark", () => {
  const drawn = Array.from(
    { length: MARKS },
    (_, series) => marks(series, [{ x: 1, y: 1 }]).text,
  );
  assert.equal(new Set(drawn).size, MARKS);
});

Deno.test("rings() draws nothing for no point", () => {
  assert.equal(rings([]).text, "");
});
