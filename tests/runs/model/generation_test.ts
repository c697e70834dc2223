import assert from "node:assert/strict";
import {
  type Generation,
  generationOf,
} from "../../../src/runs/model/generation.ts";
import { BASES, readBase } from "../schema/bases.ts";
import { type Edit, edited } from "../schema/edits.ts";

const EXPECTED: Readonly<Record<string, Generation>> = {
  "0.10": "A",
  "0.12": "B",
  "0.12 stopped": "B",
  "0.15 stored": "C",
};

function generationAfter(base: string, ...edits: Edit[]): Generation {
  return generationOf(JSON.parse(edited(readBase(base), edits)));
}

Deno.test("generationOf() tells what HardPy wrote each sample", () => {
  for (const base of Object.keys(BASES)) {
    assert.equal(generationAfter(base), EXPECTED[base] ?? "D", base);
  }
});

Deno.test("generationOf() knows a later document by its groups when `process` is missing", () => {
  assert.equal(generationAfter("0.16", { drop: ["process"] }), "D");
});

Deno.test("generationOf() takes a group in an artifact, or a module of that name, for nothing", () => {
  const artifact: Edit = { set: ["artifact", "group"], to: "1" };
  assert.equal(generationAfter("0.10", artifact), "A");
  const module: Edit = { set: ["modules", "group"], to: "{}" };
  assert.equal(generationAfter("0.10", module), "A");
});

Deno.test("generationOf() knows D by a null in an info, whatever the id says", () => {
  const note: Edit = { set: ["dut", "info", "note"], to: "null" };
  assert.equal(generationAfter("0.15 stored", note), "D");
});

Deno.test("generationOf() gives an answer for anything", () => {
  for (const value of [null, 1, "x", [], {}, { modules: [1], dut: 5 }]) {
    assert.match(generationOf(value), /[ABCD]/);
  }
});
