import assert from "node:assert/strict";
import { requireSound } from "../../scripts/compile/bundle.ts";

Deno.test("requireSound() stops at a CommonJS package and names the chunk", () => {
  const code = `throw Error('Dynamic require of "'+o+'" is not supported')`;
  assert.throws(
    () => requireSound(code, "upload-AB12.js"),
    /the bundle is broken: upload-AB12\.js contains a CommonJS package/,
  );
});

Deno.test("requireSound() lets a sound chunk pass", () => {
  requireSound('export const run=()=>import("./chunk-A.js");', "main.js");
});
