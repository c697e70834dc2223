import assert from "node:assert/strict";
import { didYouMean } from "../../src/cli/did_you_mean.ts";

const WORDS = ["unnamed-case", "unnamed-module", "unknown-key"];

Deno.test("didYouMean() finds the nearest word", () => {
  assert.equal(didYouMean("unamed-case", WORDS), "unnamed-case");
  assert.equal(didYouMean("module", WORDS), "unnamed-module");
  assert.equal(didYouMean("unknow-keys", WORDS), "unknown-key");
});

Deno.test("didYouMean() knows when nothing is near", () => {
  assert.equal(didYouMean("", WORDS), undefined);
  assert.equal(didYouMean("colour", WORDS), undefined);
  assert.equal(didYouMean("x".repeat(100_000), WORDS), undefined);
});
