import assert from "node:assert/strict";
import fc from "fast-check";
import { JsonRows, UnreadableRows } from "../../src/standcloud/json_rows.ts";

/** The rows of an answer that arrives in portions of so many bytes. */
function rowsOf(text: string, portionBytes = 1): string[] {
  const bytes = new TextEncoder().encode(text);
  const rows = new JsonRows();
  const found: string[] = [];
  for (let start = 0; start < bytes.length; start += portionBytes) {
    found.push(...rows.take(bytes.subarray(start, start + portionBytes)));
  }
  rows.end();
  return found;
}

Deno.test("JsonRows gives the rows of any array of objects, wherever its portions end", () => {
  const objects = fc.array(fc.dictionary(fc.string(), fc.jsonValue()));
  fc.assert(
    fc.property(
      objects,
      fc.integer({ min: 1, max: 64 }),
      fc.constantFrom(undefined, 1, "\t"),
      (values, portionBytes, space) => {
        const text = JSON.stringify(values, null, space);
        const rows = rowsOf(text, portionBytes).map((row) => JSON.parse(row));
        assert.deepEqual(rows, JSON.parse(text));
      },
    ),
  );
});

Deno.test("JsonRows takes no beginning of an array for a whole one", () => {
  const text = JSON.stringify([{ a: '}]"\\' }, { "ü€😀": [{}] }]);
  for (let length = 1; length < text.length; length++) {
    assert.throws(
      () => rowsOf(text.slice(0, length)),
      (error: unknown) => error instanceof UnreadableRows && error.isCutOff,
      text.slice(0, length),
    );
  }
  assert.equal(rowsOf(text).length, 2);
});

Deno.test("JsonRows keeps one row at most, of 8 MiB at most", () => {
  const rows = new JsonRows();
  const portion = new TextEncoder().encode(" ".repeat(1024 * 1024));
  const feed = (times: number) => {
    for (let count = 0; count < times; count++) rows.take(portion);
  };
  rows.take(new TextEncoder().encode("["));
  feed(20);
  rows.take(new TextEncoder().encode("{"));
  feed(7);
  rows.take(new TextEncoder().encode("},{"));
  assert.throws(() => feed(8), /too large/);
});

Deno.test("JsonRows refuses bytes that are not UTF-8", () => {
  const rows = new JsonRows();
  const bytes = Uint8Array.of(0x5b, 0x7b, 0x22, 0xff);
  assert.throws(() => rows.take(bytes), UnreadableRows);
});
