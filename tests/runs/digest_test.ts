import assert from "node:assert/strict";
import { digestOf } from "../../src/runs/digest.ts";
import { rootOf } from "../../src/runs/json/slices.ts";
import { wireForm } from "../../src/runs/wire_form.ts";

const RUNS = new URL("../testdata/runs/", import.meta.url);

async function digestOfFile(name: string): Promise<string> {
  const text = await Deno.readTextFile(new URL(name, RUNS));
  return await digestOf(wireForm(text, rootOf(text)));
}

const SAME: string[][] = [
  [
    "samples/13_raw_runstore_jsonstorage_0.22.1.json",
    "samples/15_tempstore_jsonstorage_0.22.1.json",
  ],
  [
    "samples/07_failed_wire_0.16.json",
    "samples/17_jsonloader_report_0.22.1.json",
  ],
  [
    "hardpy-0.22.1/sensor_board_failed.jsonloader.json",
    "hardpy-0.22.1/sensor_board_failed.runstore.json",
    "hardpy-0.22.1/sensor_board_failed.tempstore.json",
  ],
];

for (const names of SAME) {
  Deno.test(`digestOf() is the same for ${names.join(", ")}`, async () => {
    const digests = await Promise.all(names.map(digestOfFile));
    assert.equal(new Set(digests).size, 1);
  });
}

Deno.test("digestOf() differs for every other document", async () => {
  const names = [
    "samples/01_min_pass_wire_0.12.json",
    "samples/05_stopped_wire_0.12.json",
    "samples/07_failed_wire_0.16.json",
    "samples/11_couchdb_report_0.19.1.json",
    "hardpy-0.22.1/minimum.jsonloader.json",
    "hardpy-0.22.1/sensor_board_failed.jsonloader.json",
    "hardpy-0.22.1/sensor_board_passed.jsonloader.json",
  ];
  const digests = await Promise.all(names.map(digestOfFile));
  assert.equal(new Set(digests).size, names.length);
});

Deno.test("digestOf() is what its documentation says, on vectors", async () => {
  // sha256 of {"a":1,"b":[1.5,"é"]}, as any SHA-256 tool gives it
  assert.equal(
    await digestOf('{"rev":"1","b":[1.50,"\\u00e9"],"id":"2","a":1.0}'),
    "2bb202b35963ad9e57f87e5828e072cc53f4720ecd10a7d625f850411a31c4c6",
  );
  assert.equal(
    await digestOf("{}"),
    "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
  );
});

Deno.test("digestOf() tells integers apart that a double cannot", async () => {
  assert.notEqual(
    await digestOf('{"a":9007199254740993}'),
    await digestOf('{"a":9007199254740992}'),
  );
});

Deno.test("digestOf() takes a key named __proto__ for a key", async () => {
  assert.notEqual(
    await digestOf('{"a":{"__proto__":1}}'),
    await digestOf('{"a":{}}'),
  );
});
