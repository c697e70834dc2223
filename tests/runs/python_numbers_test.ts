import assert from "node:assert/strict";
import { examine } from "../../src/runs/examine.ts";
import type { Issue } from "../../src/runs/issue.ts";
import { readPythonNumbers } from "../../src/runs/python_numbers.ts";
import { soundRun } from "./rules/sound_runs.ts";

async function examined(text: string) {
  const bytes = new TextEncoder().encode(text);
  const source = { name: "x", read: () => Promise.resolve({ bytes }) };
  return await examine(source);
}

async function issuesOf(text: string): Promise<readonly Issue[]> {
  const [document] = await examined(text);
  assert.equal(document?.run, undefined, "nobody can send it");
  return document?.issues ?? [];
}

/** A sound run in which a case has these measurements, as Python writes them. */
function runWithMeasurements(json: string): string {
  return soundRun("current").replace(
    '"measurements": []',
    () => `"measurements": ${json}`,
  );
}

const NUMBERS = `[
  {"type": "numeric", "name": "a", "unit": "V", "value": NaN},
  {"type": "numeric", "name": "NaN", "unit": "V", "value": 1,
   "operation": "gele", "lower_limit": -Infinity, "upper_limit": Infinity,
   "result": true}
]`;

Deno.test("examine() finds every number that JSON does not have, with case and field", async () => {
  const text = runWithMeasurements(NUMBERS);
  const issues = await issuesOf(text);
  const says = (literal: string, field: string) =>
    `This is not JSON: ${literal} is not a JSON number, so StandCloud cannot ` +
    `take it (case test_supply::test_rail, measurements/${field})`;
  assert.deepEqual(
    issues.map(({ severity, rule, message }) => [
      ...[severity, rule, message],
    ]),
    [
      ["error", "unsafe-number", says("NaN", "0/value")],
      ["error", "unsafe-number", says("-Infinity", "1/lower_limit")],
      ["error", "unsafe-number", says("Infinity", "1/upper_limit")],
    ],
  );
  const lines = text.split("\n");
  const literals = issues.map(({ line, column }) =>
    /^[-\w]+/.exec(lines[line - 1]?.slice(column - 1) ?? "")?.[0]
  );
  assert.deepEqual(literals, ["NaN", "-Infinity", "Infinity"]);
});

Deno.test("examine() applies the other rules to a run with NaN in it", async () => {
  const text = runWithMeasurements('[{"value": NaN, "unit": "V"}]')
    .replace('"CSB-204"', "null");
  const issues = await issuesOf(text);
  assert.deepEqual(issues.map(({ rule, path }) => `${rule} ${path}`), [
    "missing-mandatory-field /dut/part_number",
    "measurement-result /modules/test_supply/cases/test_rail/measurements/0/name",
    "unsafe-number /modules/test_supply/cases/test_rail/measurements/0/value",
  ]);
});

Deno.test("examine() lists 200 of many NaN, and counts the others", async () => {
  const text = soundRun("current").replace(
    '"artifact": {}',
    `"artifact": {"log": [${"NaN,".repeat(1e5)}0]}`,
  );
  const issues = await issuesOf(text);
  const unsafe = issues.filter(({ rule }) => rule === "unsafe-number");
  assert.equal(unsafe.length, 201);
  assert.equal(unsafe.at(-2)?.path.endsWith("/log/199"), true);
  assert.equal(unsafe.at(-1)?.more, 1e5 - 200);
});

Deno.test("examine() reads the good lines beside one with NaN, also where that is the first", async () => {
  const good = JSON.stringify(JSON.parse(soundRun("current")));
  const bad = good.replace('"artifact":{}', '"artifact":{"a":NaN}');
  const documents = await examined(`${bad}\n${good}\n`);
  assert.deepEqual(
    documents.map(({ source, run }) => [source, run !== undefined]),
    [["x:1", false], ["x:2", true]],
  );
});

Deno.test("examine() tells the first mistake where more than a number is wrong", async () => {
  const [first, ...more] = await issuesOf('{"modules": {"a": NaN, }}');
  assert.match(first?.message ?? "", /NaN is not a JSON number/);
  assert.deepEqual(more, []);
});

Deno.test("readPythonNumbers() keeps strings, other numbers and places", () => {
  const source = '{"NaN": ["NaN", 1e400, NaN, "-Infinity", -Infinity]}';
  const read = readPythonNumbers(source);
  assert.deepEqual(read?.value, {
    NaN: ["NaN", Infinity, NaN, "-Infinity", -Infinity],
  });
  assert.deepEqual(read?.offsets, [
    source.indexOf(" NaN,") + 1,
    source.indexOf(" -Infinity]") + 1,
  ]);
  assert.equal(readPythonNumbers('{"a": 1}'), undefined);
  assert.equal(readPythonNumbers('{"a": NaNa}'), undefined);
});
