import assert from "node:assert/strict";
import fc from "fast-check";
import { findSyntaxProblem } from "../../../src/runs/json/syntax.ts";

const PROBLEMS: [text: string, offset: number, message: RegExp][] = [
  ["", 0, /the file is empty/],
  [" \n ", 3, /the file is empty/],
  ['{"a": 1', 7, /truncated/],
  ['{"a": "b', 8, /truncated/],
  ['{"a": NaN}', 6, /^NaN is not a JSON number/],
  ['{"a": [1, -Infinity]}', 10, /^-Infinity is not a JSON number/],
  ['{"a": 1,}', 8, /"}" where key is expected/],
  ["[1, ]", 4, /"\]" where value is expected/],
  ["[1 2]", 3, /"2" where , or \] is expected/],
  ["{a: 1}", 1, /"a" is not JSON/],
  ['{"a" 1}', 5, /"1" where : is expected/],
  ["{} {}", 3, /after the end of the document/],
  ["01", 0, /"0" is not JSON/],
  ["1.", 0, /"1" is not JSON/],
  ['"a\tb"', 2, /control character/],
  ['"\\x"', 1, /escape/],
  ['"\\u12G4"', 1, /escape/],
  ["tru", 0, /"t" is not JSON/],
  ["\u00a0{}", 0, /U\+00A0 is not JSON/],
  ["]", 0, /"\]" where value is expected/],
];

for (const [text, offset, message] of PROBLEMS) {
  Deno.test(`findSyntaxProblem() finds the place in ${JSON.stringify(text)}`, () => {
    const problem = findSyntaxProblem(text);
    assert.equal(problem?.offset, offset);
    assert.match(problem.message, message);
  });
}

Deno.test("findSyntaxProblem() finds nothing in what JSON.parse accepts", () => {
  fc.assert(fc.property(fc.json(), fc.nat(3), (text, indent) => {
    const spaced = JSON.stringify(JSON.parse(text), null, indent);
    assert.equal(findSyntaxProblem(spaced), undefined);
  }));
});

Deno.test("findSyntaxProblem() finds something in all that JSON.parse refuses", () => {
  const damaged = fc.tuple(
    fc.json(),
    fc.nat(),
    fc.constantFrom("", ",", "}", '"', "x", "\\", "-"),
  )
    .map(([text, at, extra]) => {
      const cut = at % (text.length + 1);
      return text.slice(0, cut) + extra + text.slice(cut + 1);
    });
  fc.assert(fc.property(damaged, (text) => {
    let parses = true;
    try {
      JSON.parse(text);
    } catch {
      parses = false;
    }
    assert.equal(findSyntaxProblem(text) === undefined, parses);
  }));
});

Deno.test("findSyntaxProblem() takes nesting of any depth", () => {
  const text = "[".repeat(200_000);
  assert.equal(findSyntaxProblem(text)?.offset, 200_000);
});
