import assert from "node:assert/strict";
import fc from "fast-check";
import {
  elementsAt,
  membersAt,
  rootOf,
} from "../../../src/runs/json/slices.ts";

Deno.test("membersAt() gives every member as it stands in the text", () => {
  const text =
    ' { "b" : 1.50 , "2": "x}\\"{", "a":{"c":[1,{}]},"é\\u0041":null } ';
  const members = membersAt(text, rootOf(text)) ?? [];
  assert.deepEqual(
    members.map(({ key, start, end }) => [key, text.slice(start, end)]),
    [["b", "1.50"], ["2", '"x}\\"{"'], ["a", '{"c":[1,{}]}'], ["éA", "null"]],
  );
});

Deno.test("elementsAt() gives every element as it stands in the text", () => {
  const text = '[1e400, -0,"]", [ ] ,{"a":[1]} ]';
  assert.deepEqual(
    elementsAt(text, rootOf(text))?.map(({ start, end }) =>
      text.slice(start, end)
    ),
    ["1e400", "-0", '"]"', "[ ]", '{"a":[1]}'],
  );
  assert.deepEqual(elementsAt("[ ]", { start: 0, end: 3 }), []);
});

Deno.test("membersAt() and elementsAt() give undefined for other values", () => {
  assert.equal(membersAt("[1]", { start: 0, end: 3 }), undefined);
  assert.equal(elementsAt('{"a":1}', { start: 0, end: 7 }), undefined);
  assert.equal(membersAt('"{"', { start: 0, end: 3 }), undefined);
});

Deno.test("membersAt() and elementsAt() agree with JSON.parse on any text", () => {
  fc.assert(fc.property(fc.json(), fc.nat(3), (compact, indent) => {
    const text = JSON.stringify(JSON.parse(compact), null, indent);
    const value = JSON.parse(text);
    const root = rootOf(text);
    assert.equal(root.end, text.length);
    const parsed = (slice: { start: number; end: number }) =>
      JSON.parse(text.slice(slice.start, slice.end));
    if (Array.isArray(value)) {
      assert.deepEqual(elementsAt(text, root)?.map(parsed), value);
    } else if (typeof value === "object" && value !== null) {
      // Compared as JSON texts: a member named __proto__ is a member like any other.
      const members = membersAt(text, root) ?? [];
      assert.deepEqual(
        new Map(members.map((one) => [one.key, parsed(one)])),
        new Map(Object.entries(value)),
      );
    }
  }));
});
