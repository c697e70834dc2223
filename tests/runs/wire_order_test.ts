import assert from "node:assert/strict";
import * as fc from "fast-check";
import { canonicalText } from "./canonical_text.ts";
import { digestOf } from "../../src/runs/digest.ts";
import { rootOf } from "../../src/runs/json/slices.ts";
import { wireForm } from "../../src/runs/wire_form.ts";
import { inWireForm } from "../../src/runs/wire_order.ts";
import { runFile } from "../support/runs.ts";

const FORMS = ["jsonloader", "runstore", "tempstore"];

async function document(form: string): Promise<string> {
  return await Deno.readTextFile(runFile(`sensor_board_failed.${form}`));
}

function quick(text: string): string | undefined {
  return inWireForm(text, rootOf(text), JSON.parse(text));
}

function slow(text: string): string {
  return wireForm(text, rootOf(text));
}

/** The same tokens without any space between them. */
function tokens(json: string): string[] {
  return json.match(/"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+/g) ?? [];
}

Deno.test("inWireForm() takes what JsonLoader writes, token by token, in any layout", async () => {
  const stored = await document("jsonloader");
  const value = JSON.parse(stored);
  const texts = [stored, stored.replaceAll("\n", "\r\n"), slow(stored)];
  for (const text of texts) {
    const found = quick(text);
    assert.deepEqual(tokens(found ?? ""), tokens(slow(text)));
    assert.equal(/[\r\n]/.test(found ?? ""), false);
  }
  assert.ok(JSON.stringify(value).length > 1000);
});

Deno.test("inWireForm() leaves the stored forms to wireForm()", async () => {
  for (const form of FORMS.slice(1)) {
    assert.equal(quick(await document(form)), undefined, form);
  }
});

/** One change after which there is something to do. */
const CHANGES: Record<string, (text: string) => string> = {
  "a true in an info": (text) => text.replace('"layers": 4', '"layers": true'),
  "a whole number with a fraction": (text) =>
    text.replace(/"start_time": (\d+)/, '"start_time": $1.0'),
  "a whole number as a text": (text) =>
    text.replace(/"attempt": 1/, '"attempt": "1"'),
  "a number as a text": (text) =>
    text.replace(/"lower_limit": 24.5/, '"lower_limit": "24.5"'),
  "a key too few": (text) => text.replace(/"user": "[^"]*",/, ""),
  "a key too many": (text) => text.replace('"user":', '"extra": 1, "user":'),
  "another order": (text) =>
    text.replace(/("status": "failed",)\s*("stop_time": \d+,)/, "$2 $1"),
  "a result as a word": (text) =>
    text.replace('"result": true', '"result": "yes"'),
  "a number of a series as a text": (text) =>
    text.replace(/("x_data": \[\s*\[\s*)0/, '$1"0"'),
};

for (const [what, change] of Object.entries(CHANGES)) {
  Deno.test(`inWireForm() leaves ${what} to wireForm()`, async () => {
    const text = await document("jsonloader");
    const changed = change(text);
    assert.notEqual(changed, text);
    assert.equal(quick(changed), undefined);
  });
}

Deno.test("digestOf() gives the same for a value that somebody has parsed", async () => {
  for (const form of FORMS) {
    const wire = slow(await document(form));
    assert.equal(digestOf(wire, JSON.parse(wire)), digestOf(wire));
  }
});

Deno.test("canonicalJson() gives the same with and without the parsed value, and changes neither", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const text = JSON.stringify(value);
      const parsed = JSON.parse(text);
      const with_ = canonicalText(text, parsed);
      assert.equal(with_, canonicalText(text));
      assert.equal(JSON.stringify(parsed), text);
    }),
    { numRuns: 500, seed: 1 },
  );
});
