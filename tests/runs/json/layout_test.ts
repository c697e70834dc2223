import assert from "node:assert/strict";
import fc from "fast-check";
import { onOneLine } from "../../../src/runs/json/layout.ts";

const indents = fc.constantFrom<string | number>(0, 2, "\t", "\n\n  ");

Deno.test("onOneLine() leaves out line breaks and indents, and nothing else", () => {
  fc.assert(fc.property(fc.json(), indents, (json, indent) => {
    const text = JSON.stringify(JSON.parse(json), null, indent);
    const written = onOneLine(text.replaceAll("\n", "\r\n"));
    assert.ok(!/[\r\n]/.test(written));
    assert.deepEqual(JSON.parse(written), JSON.parse(text));
    assert.equal(onOneLine(written), written);
  }));
});

Deno.test("onOneLine() reads on where a piece of a long text ends", () => {
  const values = Array.from({ length: 40_000 }, (_, index) => ({
    "a  b": "\n   x".repeat(index % 3),
    index,
  }));
  const text = JSON.stringify(values, null, 3);
  assert.equal(
    onOneLine(text),
    JSON.stringify(values).replaceAll('":', '": '),
  );
});

Deno.test("onOneLine() takes a carriage return for a line break", () => {
  assert.equal(onOneLine("[1,\r  2\r]"), "[1,2]");
});
