import assert from "node:assert/strict";
import { differencesOf, holds } from "../../scripts/interop/stats_events.ts";

const CASE = {
  event: "case",
  "part_number": "P",
  process: "EOL",
  module: "m",
  case: "c",
  runs: 3,
  duration: { n: 3, mean: 0.1 + 0.2 },
};
const FAILURE = {
  event: "failure",
  by: "case",
  "part_number": "P",
  process: "EOL",
  module: "m",
  case: "c",
  "error_code": null,
  message: null,
  example: "a.json",
};

Deno.test("differencesOf() takes numbers that differ in the last digits as equal", () => {
  const other = { ...CASE, duration: { n: 3, mean: 0.3 } };
  assert.deepEqual(differencesOf([CASE], [other]), []);
});

Deno.test("differencesOf() names each difference of a count, a number, a text, a field and an event", () => {
  const changes = [
    { ...CASE, runs: 4 },
    { ...CASE, duration: { n: 3, mean: 0.3000000004 } },
    { ...CASE, duration: { n: 3, mean: null } },
    { ...CASE, duration: { n: 3 } },
    { ...CASE, more: 1 },
  ];
  for (const change of changes) {
    const found = differencesOf([change], [CASE]);
    assert.equal(found.length, 1, JSON.stringify(change));
  }
  assert.equal(differencesOf([CASE, { ...CASE, case: "d" }], [CASE]).length, 1);
  assert.equal(differencesOf([], [CASE]).length, 1);
});

Deno.test("differencesOf() wants the example among the sources, and failures in order", () => {
  const computed = { ...FAILURE, example: ["a.json", "b.json"] };
  assert.deepEqual(differencesOf([FAILURE], [computed]), []);
  const strange = { ...FAILURE, example: "c.json" };
  assert.equal(differencesOf([strange], [computed]).length, 1);
  const other = { ...FAILURE, case: "d" };
  assert.equal(differencesOf([FAILURE, other], [other, FAILURE]).length, 1);
});

Deno.test("differencesOf() refuses two events of one name and unknown ones", () => {
  assert.throws(() => differencesOf([CASE, CASE], []), /2 events/);
  assert.throws(() => differencesOf([{ event: "new" }], []), /unknown event/);
});

Deno.test("holds() asks for what was planted, at any depth, and nothing more", () => {
  const found = { limits: { lower: 1, upper: 2 }, drift: [{ n: 1 }, { n: 2 }] };
  assert.ok(holds({ limits: { lower: 1 }, drift: [{}, { n: 2 }] }, found));
  assert.ok(!holds({ limits: { lower: 2 } }, found));
  assert.ok(!holds({ drift: [{ n: 2 }] }, found));
  assert.ok(!holds({ other: null }, found));
});
