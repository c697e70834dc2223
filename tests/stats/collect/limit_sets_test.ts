import assert from "node:assert/strict";
import fc from "fast-check";
import { LimitSets } from "../../../src/stats/collect/limit_sets.ts";

const number = fc.constantFrom(NaN, 0, 1, 3.3, -1e9);
const limitSet = fc.record({
  measurement: fc.nat(3),
  operation: fc.nat(3),
  lower: number,
  upper: number,
  comparison: number,
}, { noNullPrototype: true });

Deno.test("LimitSets gives equal limit sets one number, others another, and gives them back", () => {
  fc.assert(fc.property(fc.array(limitSet), (found) => {
    const sets = new LimitSets();
    const ids = found.map((one) => sets.idOf(one));
    const texts = found.map((one) =>
      JSON.stringify(Object.values(one).map(String))
    );
    assert.equal(sets.size, new Set(texts).size);
    ids.forEach((id, at) => {
      assert.equal(id, ids[texts.indexOf(texts[at] ?? "")]);
      assert.deepEqual(sets.at(id), found[at]);
    });
  }));
});

Deno.test("LimitSets holds a hundred thousand limit sets of one measurement", () => {
  const sets = new LimitSets();
  const setAt = (lower: number) => ({
    measurement: 0,
    operation: 1,
    lower,
    upper: NaN,
    comparison: NaN,
  });
  for (let at = 0; at < 100_000; at++) sets.idOf(setAt(at));
  assert.equal(sets.size, 100_000);
  assert.equal(sets.idOf(setAt(77_777)), 77_777);
});
