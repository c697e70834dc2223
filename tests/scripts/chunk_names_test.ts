import assert from "node:assert/strict";
import { stableNames } from "../../scripts/compile/chunk_names.ts";

/** Two chunks that differ only in whom they import, and an entry. */
function chunks([a, b, c, d]: readonly string[]): Map<string, string> {
  return new Map([
    ["main.js", `import"./chunk-${a}.js";import("./show-${b}.js")`],
    [`chunk-${a}.js`, `import{x}from"./chunk-${c}.js";export{x}`],
    [`show-${b}.js`, `import{x}from"./chunk-${d}.js";export{x}`],
    [`chunk-${c}.js`, "export let x=1"],
    [`chunk-${d}.js`, "export let x=2"],
  ]);
}

const ONE = ["AAAAAAAA", "BBBBBBBB", "CCCCCCCC", "DDDDDDDD"];
const OTHER = ["WWWWWWW1", "XXXXXXX2", "YYYYYYY3", "ZZZZZZZ4"];

Deno.test("stableNames() gives equal content equal names, whatever names it came under", async () => {
  const one = await stableNames(chunks(ONE));
  const other = await stableNames(chunks(OTHER));
  assert.deepEqual(Object.fromEntries(one), Object.fromEntries(other));
});

Deno.test("stableNames() keeps the name of the entry and every import whole", async () => {
  const named = await stableNames(chunks(ONE));
  assert.equal(named.size, 5);
  assert.ok(named.has("main.js"));
  for (const code of named.values()) {
    for (const [, name = ""] of code.matchAll(/"\.\/([^"]+)"/g)) {
      assert.ok(named.has(name), name);
    }
  }
});

Deno.test("stableNames() gives another name to a chunk whose import has changed", async () => {
  const changed = chunks(ONE);
  changed.set("chunk-CCCCCCCC.js", "export let x=3");
  const before = [...(await stableNames(chunks(ONE))).keys()];
  const after = [...(await stableNames(changed)).keys()];
  const same = before.filter((name) => after.includes(name));
  assert.equal(same.length, 3);
});

Deno.test("stableNames() stops at two chunks that nothing tells apart", async () => {
  const twins = new Map([
    ["chunk-AAAAAAAA.js", "export let x=1"],
    ["chunk-BBBBBBBB.js", "export let x=1"],
  ]);
  await assert.rejects(stableNames(twins), /cannot be told apart/);
});
