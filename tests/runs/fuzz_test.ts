import assert from "node:assert/strict";
import fc from "fast-check";
import { examine } from "../../src/runs/examine.ts";
import { mutated } from "./mutations.ts";

const RUNS = new URL("../testdata/runs/", import.meta.url);
const SEED = 20_261_122;
/** More with `FUZZ_RUNS=1000000 sh scripts/deno task test tests/runs/fuzz_test.ts`. */
const FUZZ_RUNS = Number(Deno.env.get("FUZZ_RUNS") ?? 100_000);

async function texts(): Promise<string[]> {
  const names = [
    "samples/01_min_pass_wire_0.12.json",
    "samples/07_failed_wire_0.16.json",
    "hardpy-0.22.1/minimum.runstore.json",
    "hardpy-0.22.1/minimum.statestore.json",
  ];
  const read = (name: string) => Deno.readTextFile(new URL(name, RUNS));
  return await Promise.all(names.map(read));
}

/** Everything the program does with a document before it is sent. */
async function process(text: string): Promise<void> {
  const bytes = new TextEncoder().encode(text);
  const source = { name: "x", read: () => Promise.resolve({ bytes }) };
  for (const { run, issues } of await examine(source)) {
    for (const { line, column, message } of issues) {
      assert.ok(line >= 1 && column >= 1 && message.length > 0);
    }
    if (run === undefined) continue;
    JSON.parse(run.wire());
    assert.match(await run.digest(), /^[0-9a-f]{64}$/);
  }
}

Deno.test("examine() takes any mutated document without an exception", async () => {
  const documents = mutated(await texts());
  await fc.assert(fc.asyncProperty(documents, process), {
    seed: SEED,
    numRuns: FUZZ_RUNS,
  });
});

const LARGE: Record<string, () => string> = {
  "nesting 100,000 deep": () =>
    `{"modules":{},"artifact":${"[".repeat(1e5)}${"]".repeat(1e5)}}`,
  "objects 100,000 deep": () =>
    `{"modules":{},"artifact":${'{"a":'.repeat(1e5)}1${"}".repeat(1e5)}}`,
  "a million keys": () =>
    `{"modules":{},"artifact":{${
      Array.from({ length: 1e6 }, (_, i) => `"k${i}":${i}`).join(",")
    }}}`,
  "a million modules of nothing": () =>
    `{"modules":{${
      Array.from({ length: 1e5 }, (_, i) => `"m${i}":{"cases":[]}`).join(",")
    }}}`,
  "a string of 100 MB": () =>
    `{"modules":{},"artifact":{"log":"${"x".repeat(1e8)}"}}`,
  "a megabyte of opening quotes": () => `{"modules":{},"a":${'"'.repeat(1e6)}`,
  "a megabyte of backslashes": () => `{"modules":{},"a":"${"\\".repeat(1e6)}"}`,
  "__proto__ everywhere": () =>
    '{"__proto__":{"a":1},"modules":{"__proto__":{"cases":{"__proto__":{"measurements":[{"__proto__":1,"value":1}]}}}}}',
};

for (const [name, make] of Object.entries(LARGE)) {
  Deno.test(`examine() takes ${name} in reasonable time`, async () => {
    await process(make());
    assert.equal(({} as Record<string, unknown>)["a"], undefined);
  });
}
