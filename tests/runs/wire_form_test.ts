import assert from "node:assert/strict";
import { rootOf } from "../../src/runs/json/slices.ts";
import { wireForm } from "../../src/runs/wire_form.ts";

const RUNS = new URL("../testdata/runs/", import.meta.url);

function wireOf(text: string): string {
  return wireForm(text, rootOf(text));
}

async function wireOfFile(name: string): Promise<string> {
  return wireOf(await Deno.readTextFile(new URL(name, RUNS)));
}

function withoutStorageNames(wire: string): string {
  return wire.replace(/"rev":"[^"]*","id":"[^"]*",/, "");
}

const WIRE_FILES = [
  "hardpy-0.22.1/minimum.jsonloader.json",
  "hardpy-0.22.1/sensor_board_failed.jsonloader.json",
  "hardpy-0.22.1/sensor_board_passed.jsonloader.json",
  "samples/01_min_pass_wire_0.12.json",
  "samples/04_old_drivers_failed_wire_0.10.1.json",
  "samples/05_stopped_wire_0.12.json",
  "samples/07_failed_wire_0.16.json",
  "samples/17_jsonloader_report_0.22.1.json",
];

for (const name of WIRE_FILES) {
  Deno.test(`wireForm() leaves ${name} as HardPy wrote it`, async () => {
    const source = await Deno.readTextFile(new URL(name, RUNS));
    const compact = source.replace(/\n\s*/g, "").replaceAll('": ', '":');
    assert.equal(
      (await wireOfFile(name)).replace(/\n\s*/g, "").replaceAll('": ', '":'),
      compact,
    );
  });
}

const STORED_FILES: [stored: string, wire: string][] = [
  ["hardpy-0.22.1/minimum.runstore.json", WIRE_FILES[0] ?? ""],
  ["hardpy-0.22.1/sensor_board_failed.runstore.json", WIRE_FILES[1] ?? ""],
  ["hardpy-0.22.1/sensor_board_failed.tempstore.json", WIRE_FILES[1] ?? ""],
  ["hardpy-0.22.1/sensor_board_passed.runstore.json", WIRE_FILES[2] ?? ""],
];

for (const [stored, wire] of STORED_FILES) {
  Deno.test(`wireForm() makes of ${stored} what JsonLoader wrote`, async () => {
    const made = withoutStorageNames(await wireOfFile(stored));
    const expected = withoutStorageNames(await wireOfFile(wire));
    // Free dictionaries keep the space behind their colons.
    assert.deepEqual(JSON.parse(made), JSON.parse(expected));
    assert.deepEqual(keysInOrder(made), keysInOrder(expected));
  });
}

function keysInOrder(text: string): string[] {
  const keys: string[] = [];
  JSON.parse(text, (key, value) => {
    keys.push(key);
    return value;
  });
  return keys;
}

Deno.test("wireForm() changes no digit of a number and no letter of a string", () => {
  const literals = [
    "9007199254740993",
    "1e400",
    "-0",
    "3.0",
    "0.1000",
    "1E+2",
    '"\\ud800"',
    '"\\u00e9"',
    '"\\/"',
  ];
  for (const literal of literals) {
    const text = `{"process":{},"modules":{"m":{"cases":{"c":{"measurements":` +
      `[{"value":${literal}}],"artifact":{"x":${literal}}}}}},"test_stand":` +
      `{"info":{"y":${literal}}}}`;
    const wire = wireOf(text);
    assert.equal(wire.split(literal).length - 1, 3, literal);
  }
});

Deno.test("wireForm() is one line, however the document is laid out", () => {
  const document = {
    process: {},
    modules: { m: { cases: { c: { chart: { x_data: [[1.5, 2], [3]] } } } } },
    artifact: { list: [{ a: "x\n  y" }] },
  };
  const wire = wireOf(JSON.stringify(document, null, 4));
  assert.ok(!wire.includes("\n"));
  assert.ok(wire.includes('"x_data":[[1.5,2],[3]]'));
  assert.ok(wire.includes('"artifact":{"list": [{"a": "x\\n  y"}]}'));
});

Deno.test("wireForm() keeps the order of keys that JavaScript would sort", () => {
  const wire = wireOf(
    '{"process":{},"modules":{"10":{"cases":{"b":{"msg":{"10":"x","9":"y"}},"1":{}}},"9":{}}}',
  );
  assert.ok(wire.includes('"msg":{"10":"x","9":"y"}'));
  assert.ok(wire.indexOf('"10":{"cases"') < wire.indexOf('"9":{'));
  assert.ok(wire.indexOf('"b":{') < wire.indexOf('"1":{'));
});

Deno.test("wireForm() writes true and false of info as 1 and 0, and only there", () => {
  const wire = wireOf(
    '{"process":{"info":{"a":true}},"dut":{"info":{"b":false,"c":"true"}},"artifact":{"d":true}}',
  );
  assert.ok(wire.includes('"info":{"a":1}'));
  assert.ok(wire.includes('"info":{"b":0,"c":"true"}'));
  assert.ok(wire.includes('"artifact":{"d":true}'));
});

Deno.test("wireForm() keeps info of HardPy before 0.15 as it is", () => {
  const wire = wireOf('{"dut":{"info":{"a":true}},"modules":{}}');
  assert.ok(wire.includes('"info":{"a":true}'));
});

Deno.test("wireForm() keeps keys that HardPy does not know", () => {
  const wire = wireOf('{"zzz":{"a":[1]},"process":{"color":"red"}}');
  assert.ok(wire.endsWith('"zzz":{"a":[1]}}'));
  assert.ok(wire.includes('"info":{},"color":"red"}'));
});

Deno.test("wireForm() prefers a tempstore document's own rev to the storage's", () => {
  const wire = wireOf('{"process":{},"rev":"own","_id":"x","_rev":"storage"}');
  assert.ok(wire.includes('"rev":"own","id":"x"'));
  assert.ok(!wire.includes("storage"));
});

Deno.test("wireForm() copies values of the wrong kind", () => {
  const wire = wireOf(
    '{"process":[],"modules":{"m":7,"n":{"cases":null}},"test_stand":"x"}',
  );
  assert.ok(wire.includes('"process":[]'));
  assert.ok(wire.includes('"m":7'));
  assert.ok(wire.includes('"cases":null'));
  assert.ok(wire.includes('"test_stand":"x"'));
});
