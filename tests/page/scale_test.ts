import assert from "node:assert/strict";
import fc from "fast-check";
import {
  linearScale,
  linearTicks,
  logScale,
  logTicks,
  numberText,
  widened,
} from "../../src/page/scale.ts";

const texts = (low: number, high: number) =>
  linearTicks(low, high, 6).map(({ text }) => text);

Deno.test("linearTicks() gives round numbers with the digits they need", () => {
  assert.deepEqual(texts(0, 1), ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
  assert.deepEqual(texts(-12, 27), ["-10", "0", "10", "20"]);
  assert.deepEqual(texts(0.011, 0.0124), [
    "0.0110",
    "0.0115",
    "0.0120",
  ]);
  assert.deepEqual(texts(0, 4e6), ["0", "10⁶", "2·10⁶", "3·10⁶", "4·10⁶"]);
});

Deno.test("logTicks() gives powers of ten, fewer when there are many, more when there are few", () => {
  assert.deepEqual(logTicks(10, 1e4, 6), [10, 100, 1000, 1e4]);
  assert.deepEqual(logTicks(1e-9, 1e6, 6), [1e-9, 1e-6, 1e-3, 1, 1000, 1e6]);
  assert.deepEqual(logTicks(3, 40, 6), [5, 10, 20]);
  assert.deepEqual(logTicks(11, 14, 3), [11, 12, 13, 14]);
});

Deno.test("numberText() is short", () => {
  const shown = [0, 2500, 0.02, 1e6, 2.5e-7, -1e9, 12345678].map(numberText);
  assert.deepEqual(shown, [
    "0",
    "2500",
    "0.02",
    "10⁶",
    "2.5·10⁻⁷",
    "−10⁹",
    "1.23457·10⁷",
  ]);
});

Deno.test("scales put any range between 0 and 1, with few ticks inside", () => {
  const number = fc.double({ noNaN: true, noDefaultInfinity: true });
  fc.assert(fc.property(number, number, (a, b) => {
    const ends = [Math.min(a, b), Math.max(a, b)] as const;
    const scale = linearScale(widened(ends, { isLog: false, share: 0.05 }), 6);
    check(scale, ends);
  }));
  const positive = fc.double({ min: 1e-300, max: 1e300, noNaN: true });
  fc.assert(fc.property(positive, positive, (a, b) => {
    const ends = [Math.min(a, b), Math.max(a, b)] as const;
    check(logScale(widened(ends, { isLog: true, share: 0.05 }), 6), ends);
  }));
});

function check(
  scale: ReturnType<typeof linearScale>,
  ends: readonly [number, number],
): void {
  for (const end of ends) {
    const at = scale.at(end);
    assert.ok(at >= 0 && at <= 1, `${end} is at ${at}`);
  }
  assert.ok(scale.ticks.length <= 14, `${scale.ticks.length} ticks`);
  for (const { at } of scale.ticks) assert.ok(at >= -0.01 && at <= 1.01);
}
