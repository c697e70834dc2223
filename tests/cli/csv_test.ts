import assert from "node:assert/strict";
import { csvLine } from "../../src/cli/csv.ts";

Deno.test("csvLine() quotes what RFC 4180 wants quoted, and nothing else", () => {
  assert.equal(
    csvLine(["a", "", "b,c", 'd"e', "f\ng", "h\rk", " l ", "'", ";"]),
    'a,,"b,c","d""e","f\ng","h\rk", l ,\',;\r\n',
  );
});
