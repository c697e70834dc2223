import assert from "node:assert/strict";
import { checkSchema } from "../../../src/runs/schema/check_schema.ts";
import type { Generation } from "../../../src/runs/model/generation.ts";
import { readBase } from "./bases.ts";
import { type Edit, edited } from "./edits.ts";

const TIMES = '"status":"passed","stop_time":2,"start_time":1,"name":"n"';
const CASE = `{${TIMES},"group":"main"`;
const inCase = ["modules", "m", "cases", "c"];

/** A run of generation D with one case. */
const RUN =
  `{${TIMES},"_rev":"1","_id":"i","test_stand":{},"dut":{},"process":{},` +
  `"modules":{"m":${CASE},"cases":{"c":${CASE}}}}}}`;

function problemsOf(
  edits: readonly Edit[],
  { text = RUN, generation = "D" as Generation } = {},
): string[] {
  return checkSchema(JSON.parse(edited(text, edits)), generation)
    .map(({ kind, path, message }) => `${kind} ${path}: ${message}`);
}

function measured(measurement: string): string[] {
  const path = [...inCase, "measurements"];
  return problemsOf([{ set: path, to: `[${measurement}]` }])
    .map((problem) => problem.replace("/modules/m/cases/c/measurements/0", ""));
}

Deno.test("checkSchema() takes the smallest run", () => {
  assert.deepEqual(problemsOf([]), []);
});

Deno.test("checkSchema() says what a missing key must be", () => {
  assert.deepEqual(problemsOf([{ drop: ["stop_time"] }, { drop: ["dut"] }]), [
    'missing /stop_time: The run has no "stop_time", which must be a whole number or null',
    'missing /dut: The run has no "dut", which must be an object',
  ]);
});

Deno.test("checkSchema() misses `rev` and `id` under the names of the document's form", () => {
  assert.deepEqual(problemsOf([{ drop: ["_rev"] }]), [
    'missing /_rev: The run has no "_rev", which must be a text',
  ]);
  assert.deepEqual(
    problemsOf([{ rename: ["_id"], to: "id" }, { drop: ["_rev"] }]),
    [
      'missing /rev: The run has no "rev", which must be a text',
    ],
  );
  assert.deepEqual(problemsOf([{ set: ["id"], to: '"x"' }]), [
    'unknown-key /id: "id" is not a key of a run',
  ]);
});

Deno.test("checkSchema() names the words that a status may be", () => {
  assert.deepEqual(problemsOf([{ set: ["status"], to: '"PASSED"' }]), [
    'wrong-value /status: "status" must be one of passed, failed, skipped, error, run, ready or stopped, but it is the text "PASSED"',
  ]);
  assert.deepEqual(problemsOf([{ set: [...inCase, "group"], to: "null" }]), [
    'wrong-type /modules/m/cases/c/group: "group" must be one of setup, main or teardown, but it is null',
  ]);
});

Deno.test("checkSchema() names the owner of an unknown key, and shortens a long one", () => {
  assert.deepEqual(
    problemsOf([
      { set: ["dut", "colour"], to: "1" },
      { set: ["modules", "m", `${"x".repeat(39)}😀`], to: "1" },
    ]),
    [
      'unknown-key /dut/colour: "colour" is not a key of a DUT',
      `unknown-key /modules/m/${"x".repeat(39)}😀: "${
        "x".repeat(39)
      }…" is not a key of a module`,
    ],
  );
});

Deno.test("checkSchema() counts the items of lists from one", () => {
  assert.deepEqual(
    problemsOf([{
      set: [...inCase, "chart"],
      to: '{"x_data":[[1,2,{}],7],"marker_name":[null,5]}',
    }]).map((problem) => problem.replace(/^.*chart/, "")),
    [
      '/x_data/0/2: Item 3 of item 1 of "x_data" must be a number, but it is an object',
      '/x_data/1: Item 2 of "x_data" must be a list, but it is the number 7',
      '/marker_name/1: Item 2 of "marker_name" must be a text or null, but it is the number 5',
    ],
  );
});

Deno.test("checkSchema() tells the problems of one kind of measurement only", () => {
  assert.deepEqual(measured('{"type":"numeric","value":"abc","unit":"V"}'), [
    'wrong-value /value: "value" must be a number, but it is the text "abc"',
  ]);
  assert.deepEqual(measured('{"type":"string","value":"abc","unit":"V"}'), [
    'unknown-key /unit: "unit" is not a key of a string measurement',
  ]);
  assert.deepEqual(
    measured('{"type":"numeric","value":1,"casesensitive":true}'),
    [
      'unknown-key /casesensitive: "casesensitive" is not a key of a numeric measurement',
    ],
  );
  assert.deepEqual(measured('{"name":"U"}'), [
    'missing /value: The numeric measurement has no "value", which must be a number',
  ]);
  assert.deepEqual(measured("null"), [
    'wrong-type : Item 1 of "measurements" must be an object, but it is null',
  ]);
});

Deno.test("checkSchema() takes a measurement whose value does not fit its type, as HardPy does", () => {
  assert.deepEqual(measured('{"type":"string","value":1.5}'), []);
  assert.deepEqual(measured('{"type":"numeric","value":"abc"}'), []);
});

Deno.test("checkSchema() tells problems in the order of the document", () => {
  const found = checkSchema(
    JSON.parse(edited(RUN, [
      { set: ["name"], to: "1" },
      { set: [...inCase, "attempt"], to: "null" },
      { set: ["modules", "m", "name"], to: "1" },
      { drop: ["start_time"] },
      { set: ["zzz"], to: "1" },
    ])),
    "D",
  ).map(({ path }) => path);
  assert.deepEqual(found, [
    "/start_time",
    "/name",
    "/modules/m/name",
    "/modules/m/cases/c/attempt",
    "/zzz",
  ]);
});

Deno.test("checkSchema() knows what came with which generation", () => {
  const info: Edit = { set: ["dut", "info"], to: '{"note":null}' };
  assert.deepEqual(problemsOf([info], { generation: "C" }), [
    'wrong-type /dut/info/note: "note" must be a text, a number, true or false, but it is null',
  ]);
  assert.deepEqual(problemsOf([info]), []);
  const number: Edit = { set: ["test_stand", "number"], to: "3" };
  const early = { text: readBase("0.10"), generation: "A" as Generation };
  assert.deepEqual(problemsOf([number], early), [
    'unknown-key /test_stand/number: "number" is not a key of a test stand',
  ]);
  assert.deepEqual(problemsOf([number], { ...early, generation: "B" }), []);
});

Deno.test("checkSchema() escapes keys in its paths", () => {
  const run = edited(RUN, [{ rename: ["modules", "m"], to: "a/b~c" }, {
    drop: ["modules", "a/b~c", "name"],
  }]);
  assert.equal(
    checkSchema(JSON.parse(run), "D")[0]?.path,
    "/modules/a~1b~0c/name",
  );
});
