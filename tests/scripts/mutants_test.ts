import assert from "node:assert/strict";
import { fromRoot } from "../../scripts/compile/paths.ts";
import { MUTANTS } from "../../scripts/mutants/all.ts";
import { mutated } from "../../scripts/mutants/mutant.ts";

Deno.test("each mutant has its place in the source exactly once, and its tests are there", async () => {
  assert.ok(MUTANTS.length >= 25, `${MUTANTS.length} mutants`);
  for (const mutant of MUTANTS) {
    const source = await Deno.readTextFile(fromRoot(mutant.file));
    const faulty = mutated(source, mutant);
    assert.ok(faulty !== undefined, `${mutant.file}: ${mutant.text}`);
    assert.notEqual(faulty, source);
    for (const test of mutant.tests) await Deno.stat(fromRoot(test));
  }
});

Deno.test("mutated() changes nothing where its place is missing or is there twice", () => {
  const fault = { text: "a", replacement: "b" };
  assert.equal(mutated("x", fault), undefined);
  assert.equal(mutated("a a", fault), undefined);
  assert.equal(mutated("x a x", fault), "x b x");
});
