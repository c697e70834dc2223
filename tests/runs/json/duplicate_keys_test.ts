import assert from "node:assert/strict";
import fc from "fast-check";
import {
  duplicateKeys,
  hasUniqueKeys,
} from "../../../src/runs/json/duplicate_keys.ts";
import { rootOf } from "../../../src/runs/json/slices.ts";
import { takeCensus } from "../../../src/runs/rules/census.ts";

function pathsIn(text: string): string[] {
  const { keys } = takeCensus(JSON.parse(text));
  const { found } = duplicateKeys(text, rootOf(text));
  if (found.length > 0) {
    assert.equal(hasUniqueKeys(text, rootOf(text), keys), false);
  }
  return found.map(({ path }) => path);
}

Deno.test("duplicateKeys() finds a key that stands twice in one object", () => {
  assert.deepEqual(pathsIn('{"a": {"b": 1, "c": 2, "b": 3}}'), ["/a/b"]);
  assert.deepEqual(pathsIn('{"x": [{}, {"b" :1,"b": 3}]}'), ["/x/1/b"]);
  assert.deepEqual(pathsIn('{"a":1,"\\u0061":2}'), ["/a"]);
  assert.deepEqual(pathsIn('{"__proto__": 1, "__proto__": 2}'), ["/__proto__"]);
});

Deno.test("duplicateKeys() takes equal keys of different objects for what they are", () => {
  assert.deepEqual(pathsIn('{"a": {"b": 1}, "c": {"b": "\\"b\\": 1"}}'), []);
});

Deno.test("duplicateKeys() finds nothing in what JSON.stringify wrote", () => {
  fc.assert(fc.property(fc.jsonValue(), fc.nat(2), (value, indent) => {
    assert.deepEqual(pathsIn(JSON.stringify(value, null, indent)), []);
  }));
});

Deno.test("hasUniqueKeys() is true of what JSON.stringify wrote, unless a text looks like a key", () => {
  const words = fc.string({ unit: fc.constantFrom("a", " ", "\\", "é") });
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      words,
      fc.integer(),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(words, tie("value"), { maxKeys: 4 }),
    ),
  }));
  fc.assert(fc.property(value, fc.nat(2), (value, indent) => {
    const text = JSON.stringify(value, null, indent);
    const { keys } = takeCensus(JSON.parse(text));
    assert.ok(hasUniqueKeys(text, rootOf(text), keys), text);
  }));
});

Deno.test("duplicateKeys() counts what it does not list", () => {
  const text = `{${'"a":1,'.repeat(500)}"b":2}`;
  const { found, more } = duplicateKeys(text, rootOf(text));
  assert.deepEqual([found.length, more], [200, 299]);
});

Deno.test("duplicateKeys() takes nesting of any depth in one pass", () => {
  const depth = 100_000;
  const text = '{"a":'.repeat(depth) + '{"b":1,"b":2}' + "}".repeat(depth);
  assert.equal(pathsIn(text).length, 1);
});
