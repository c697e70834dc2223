import assert from "node:assert/strict";
import { splitAt, widthOf, wrap } from "../../../src/system/text_width.ts";
import { pageOf, runWith, textOf } from "./shown.ts";

/** More than the arguments that the engine takes for one call. */
const MANY = 200_000;

Deno.test("runText() and runPage() take any number of measurements", async () => {
  const one = { type: "numeric", name: "U", value: 1 };
  const json = runWith({ measurements: Array(MANY).fill(one) });
  const lines = textOf(json, { all: true });
  assert.equal(lines.filter((line) => line.includes("· U")).length, MANY);
  assert.ok(textOf(json).length < 100);
  const page = await pageOf(json);
  assert.ok(page.length < 1_000_000);
});

Deno.test("runText() and runPage() take any number of cases, instruments and sub units", async () => {
  const cases = Object.fromEntries(
    Array.from({ length: MANY }, (_, index) => [`c${index}`, {}]),
  );
  const json = runWith({}, {
    dut: { "sub_units": Array(MANY).fill({}) },
    "test_stand": { instruments: Array(MANY).fill({}) },
    modules: { m: { name: "M", cases } },
  });
  assert.ok(textOf(json, { all: true }).length > MANY);
  assert.ok((await pageOf(json)).length < 30_000_000);
});

Deno.test("wrap() takes a text of any length in one pass", () => {
  for (const letter of ["x", "ß", "\u03b1", "漢", "\u{1f600}"]) {
    const text = letter.repeat(MANY);
    const lines = wrap(text, 60);
    assert.equal(lines.join(""), text);
    assert.ok(lines.every((line) => widthOf(line) <= 60));
  }
});

Deno.test("splitAt() gives up on a letter with marks without end", () => {
  const text = "a" + "\u0301".repeat(MANY);
  const [fits, rest] = splitAt(text, 10);
  assert.equal(fits + rest, text);
  assert.ok(fits.length < 1000);
  assert.equal(wrap(text, 10).join(""), text);
});
