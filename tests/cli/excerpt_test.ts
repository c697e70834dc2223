import assert from "node:assert/strict";
import fc from "fast-check";
import { excerpt } from "../../src/cli/excerpt.ts";
import { Lines } from "../../src/runs/json/lines.ts";

function shown(text: string, line: number, column: number): string[] {
  return excerpt(new Lines(text), { line, column });
}

Deno.test("excerpt() shows the line without its layout, and a caret", () => {
  assert.deepEqual(shown('{\r\n\t  "a": 1\r\n}', 2, 9), [
    '    2 | "a": 1',
    "      |      ^",
  ]);
});

Deno.test("excerpt() cuts a long line around the place", () => {
  const text = `{${'"key": "value", '.repeat(1000)}"last": null}`;
  const [line = "", caret = ""] = shown(text, 1, text.indexOf("null") + 1);
  assert.equal(line.slice(caret.indexOf("^")), "null}");
  assert.ok(line.length <= 80 && line.includes("| …"));
});

Deno.test("excerpt() keeps the caret below its place behind wide and unseen characters", () => {
  const text = '{"测试\u0007\u202e": 1}';
  const [line = "", caret = ""] = shown(text, 1, text.indexOf("1") + 1);
  assert.equal(line, '    1 | {"测试··": 1}');
  assert.equal(caret.indexOf("^"), line.indexOf("1}") + 2);
});

Deno.test("excerpt() shows nothing of a line that is empty or not there", () => {
  assert.deepEqual(shown("", 1, 1), []);
  assert.deepEqual(shown("{}", 7, 3), []);
});

Deno.test("excerpt() fits 80 columns and never steers a terminal", () => {
  const text = fc.string({ unit: "binary", maxLength: 300 });
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 320 }), (text, column) => {
      for (const line of shown(text.replace(/[\r\n]/g, ""), 1, column)) {
        assert.ok([...line].length <= 81, line);
        assert.doesNotMatch(line, /[\p{Cc}\p{Cf}\p{Cs}]/u);
      }
    }),
  );
});
