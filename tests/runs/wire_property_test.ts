import assert from "node:assert/strict";
import fc from "fast-check";
import { checkRun } from "../../src/runs/check_run.ts";
import { Lines } from "../../src/runs/json/lines.ts";
import { rootOf } from "../../src/runs/json/slices.ts";
import { Run } from "../../src/runs/run.ts";
import { wireForm } from "../../src/runs/wire_form.ts";
import { mutated } from "./mutations.ts";
import { readPlain } from "./plain_json.ts";
import { plainWire, written } from "./plain_wire.ts";

const RUNS = new URL("../testdata/runs/", import.meta.url);
const FILES = [
  "hardpy-0.22.1/sensor_board_passed.jsonloader.json",
  "samples/01_min_pass_wire_0.12.json",
  "samples/07_failed_wire_0.16.json",
  "samples/15_tempstore_jsonstorage_0.22.1.json",
  "hardpy-0.22.1/sensor_board_failed.runstore.json",
];

/** A key that is there again, with the value of another: both may be anything. */
function withEqualKeys(text: string, [from, to]: [number, number]): string {
  const keys = [...text.matchAll(/"(?:[^"\\]|\\.)*"(?=\s*:)/g)];
  const source = keys[from % keys.length];
  const target = keys[to % keys.length];
  if (source === undefined || target === undefined) return text;
  return text.slice(0, target.index) + source[0] +
    text.slice(target.index + target[0].length);
}

Deno.test("wireForm() is what rebuilding the whole document gives", async () => {
  const read = (name: string) => Deno.readTextFile(new URL(name, RUNS));
  const texts = await Promise.all(FILES.map(read));
  const documents = fc.tuple(
    mutated(texts),
    fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 2 }),
  ).map(([text, equal]) => equal.reduce(withEqualKeys, text));
  let compared = 0;
  fc.assert(
    fc.property(documents, (text) => {
      if (!isObject(text)) return;
      compared++;
      const wire = wireForm(text, rootOf(text));
      assert.equal(written(readPlain(wire)), plainWire(text));
      assert.equal(written(readPlain(wireOfChecked(text))), plainWire(text));
    }),
    { numRuns: 2000 },
  );
  assert.ok(compared > 500, String(compared));
});

/** The short cut for a document that is in wire form already makes no difference. */
function wireOfChecked(text: string): string {
  const value = JSON.parse(text);
  const run = new Run(new Lines(text), rootOf(text), { value });
  checkRun(run);
  return run.wire();
}

function isObject(text: string): boolean {
  try {
    const value = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
