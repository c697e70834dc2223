import assert from "node:assert/strict";
import {
  daysText,
  limitsText,
  secondsText,
  valueText,
} from "../../../src/stats/html/words.ts";

const NONE = { operation: null, lower: null, upper: null, comparison: null };

Deno.test("limitsText() says what each operation asks", () => {
  const two = { ...NONE, lower: -1, upper: 2.5 };
  assert.equal(limitsText({ ...two, operation: "gele" }), "−1 to 2.5");
  assert.equal(limitsText(two), "−1 to 2.5");
  assert.equal(limitsText({ ...two, operation: "gtlt" }), "> −1, < 2.5");
  assert.equal(limitsText({ ...two, operation: "gelt" }), "≥ −1, < 2.5");
  assert.equal(limitsText({ ...two, operation: "ltgt" }), "< −1 or > 2.5");
  assert.equal(limitsText({ ...two, operation: "toString" }), "−1 to 2.5");
  assert.equal(limitsText({ ...NONE, upper: 3 }), "≤ 3");
  const one = { ...NONE, comparison: 100 };
  assert.equal(limitsText({ ...one, operation: "le" }), "≤ 100");
  assert.equal(limitsText({ ...one, operation: "ne" }), "≠ 100");
  assert.equal(limitsText({ ...NONE, operation: "eq" }), "= of each unit");
  assert.equal(
    limitsText({ ...NONE, operation: "eq", comparison: "v2" }),
    "= v2",
  );
  assert.equal(limitsText(null), "of each unit");
  assert.equal(limitsText(NONE), "");
});

Deno.test("valueText() has the digits that the spread asks for", () => {
  assert.equal(valueText(3.30148, 0.015), "3.301");
  assert.equal(valueText(1_000_003.4, 10), "1000003");
  assert.equal(valueText(-51.94, 3.1), "−51.9");
  assert.equal(valueText(5, 0.1), "5");
  assert.equal(valueText(1200, 300), "1200");
  assert.equal(valueText(-0.00001, 1), "−10⁻⁵");
  assert.equal(valueText(2.5e-7, 1e-9), "2.5·10⁻⁷");
  assert.equal(valueText(7, null), "7");
});

Deno.test("secondsText() and daysText() are short", () => {
  assert.deepEqual(
    [null, 42, 4.25, 95, 3599, 3725].map(secondsText),
    ["–", "42 s", "4.3 s", "1 min 35 s", "59 min 59 s", "1 h 2 min"],
  );
  assert.equal(daysText("2026-03-02", "2026-03-02"), "2026-03-02");
  assert.equal(
    daysText("2026-03-02", "2026-03-16"),
    "2026-03-02 to 2026-03-16",
  );
  assert.equal(daysText(null, null), "");
});
