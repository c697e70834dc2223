import assert from "node:assert/strict";
import fc from "fast-check";
import { Lines } from "../../../src/runs/json/lines.ts";

Deno.test("Lines counts lines and columns from 1", () => {
  const lines = new Lines("ab\r\ncd\n\ne");
  const positions = [0, 1, 4, 5, 8].map((offset) => lines.positionOf(offset));
  assert.deepEqual(positions.map(({ line, column }) => [line, column]), [
    [1, 1],
    [1, 2],
    [2, 1],
    [2, 2],
    [4, 1],
  ]);
});

Deno.test("Lines gives a piece of any line, and nothing of one that is not there", () => {
  const lines = new Lines("a\nbc\r\n\nd");
  const whole = { from: 0, to: 9 };
  assert.deepEqual(
    [1, 2, 2, 3, 4, 9, 1].map((line) => lines.piece(line, whole)),
    ["a", "bc", "bc", "", "d", "", "a"],
  );
  assert.equal(lines.piece(2, { from: 1, to: 2 }), "c");
});

Deno.test("Lines finds the same in whatever order it is asked", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "\n", "\r") });
  fc.assert(fc.property(text, fc.array(fc.nat(30)), (text, offsets) => {
    const lines = new Lines(text);
    for (const offset of offsets.filter((offset) => offset <= text.length)) {
      const before = text.slice(0, offset).split("\n");
      const column = (before.at(-1)?.length ?? 0) + 1;
      assert.deepEqual(
        lines.positionOf(offset),
        { line: before.length, column },
      );
      const line = offset % 5 + 1;
      assert.equal(
        lines.piece(line, { from: 0, to: 99 }),
        (text.split("\n")[line - 1] ?? "").split("\r")[0],
      );
    }
  }));
});
