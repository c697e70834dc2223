import assert from "node:assert/strict";
import { clockText, isClockWrong } from "../../src/standcloud/clock_offset.ts";

const texts: [seconds: number, text: string][] = [
  [86_399.2, "1 day ahead of"],
  [-86_400.7, "1 day behind"],
  [-2 * 86_400, "2 days behind"],
  [3600, "1 hour ahead of"],
  [5 * 3600 - 1, "5 hours ahead of"],
  [-400, "7 minutes behind"],
  [59.5, "1 minute ahead of"],
  [12, "12 seconds ahead of"],
  [0, "0 seconds behind"],
];

for (const [seconds, text] of texts) {
  Deno.test(`clockText() says "${text}" for ${seconds} s`, () => {
    assert.equal(
      clockText(seconds * 1000),
      `the clock of this stand is ${text} the server's`,
    );
  });
}

Deno.test("isClockWrong() lets five minutes pass, either way", () => {
  const wrong = [-301, -299, 0, 299, 301].filter((s) => isClockWrong(s * 1000));
  assert.deepEqual(wrong, [-301, 301]);
});
