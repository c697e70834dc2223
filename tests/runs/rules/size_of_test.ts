import assert from "node:assert/strict";
import fc from "fast-check";
import { sizeOf } from "../../../src/runs/rules/size_of.ts";

Deno.test("sizeOf() is about as long as the JSON, and never much less", () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => {
    const { length } = JSON.stringify(value);
    // It counts no escapes, and a comma or bracket too many.
    const escapes = JSON.stringify(value).split("\\").length * 5;
    assert.ok(sizeOf(value) >= length - escapes);
    assert.ok(sizeOf(value) <= 3 * length + 3);
  }));
});

Deno.test("sizeOf() counts every number of a long list", () => {
  const numbers = Array.from({ length: 12_345 }, (_, index) => index / 8);
  const { length } = JSON.stringify(numbers);
  assert.ok(Math.abs(sizeOf(numbers) - length) < 20);
});
