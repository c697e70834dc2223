import assert from "node:assert/strict";
import { fillUnknown } from "../../src/runs/fill_unknown.ts";
import { rootOf } from "../../src/runs/json/slices.ts";
import { wireForm } from "../../src/runs/wire_form.ts";
import { fromRoot } from "../../scripts/compile/paths.ts";

type Json = Record<string, unknown>;

/** One document of each generation that HardPy had, with nothing in the fields that are filled. */
const GENERATIONS: Record<string, string> = {
  "0.10": "samples/04_old_drivers_failed_wire_0.10.1",
  "0.12": "samples/01_min_pass_wire_0.12",
  "0.16": "samples/07_failed_wire_0.16",
  "0.19": "samples/11_couchdb_report_0.19.1",
  "0.22": "samples/09_min_unfilled_wire_0.22.1",
  "raw 0.22": "samples/13_raw_runstore_jsonstorage_0.22.1",
};

/** A stored document in wire form, changed before that. */
async function wireOf(
  name: string,
  change: (run: Json) => void = () => {},
): Promise<string> {
  const path = fromRoot(`tests/testdata/runs/${name}.json`);
  const run = JSON.parse(await Deno.readTextFile(path)) as Json;
  change(run);
  const text = JSON.stringify(run);
  return wireForm(text, rootOf(text));
}

function partOf(run: Json, key: string): Json {
  return run[key] as Json;
}

/** Puts a value where a mandatory field is; other parts are left out. */
function setMandatory(run: Json, value: unknown): void {
  const [dut, stand] = [partOf(run, "dut"), partOf(run, "test_stand")];
  dut["part_number"] = value;
  stand["name"] = value;
  if ("sub_units" in dut) dut["sub_units"] = [];
  if ("instruments" in stand) stand["instruments"] = [];
}

for (const [generation, name] of Object.entries(GENERATIONS)) {
  for (const value of [null, "", "  "]) {
    Deno.test(`fillUnknown() of a run of HardPy ${generation} fills what is ${JSON.stringify(value)}, and nothing else`, async () => {
      const wire = await wireOf(name, (run) => setMandatory(run, value));
      const before = JSON.parse(wire) as Json;
      const after = JSON.parse(fillUnknown(wire)) as Json;

      const dut = partOf(before, "dut");
      const hasName = "name" in dut;
      const expected = {
        ...before,
        "test_stand": { ...partOf(before, "test_stand"), name: "unknown" },
        dut: {
          ...dut,
          "part_number": "unknown",
          ...(hasName && { name: dut["name"] || "unknown" }),
        },
      };
      assert.deepEqual(after, expected);
    });
  }
}

Deno.test("fillUnknown() leaves a run alone that lacks nothing", async () => {
  for (const name of Object.values(GENERATIONS)) {
    const wire = await wireOf(name, (run) => {
      setMandatory(run, "given");
      if ("name" in partOf(run, "dut")) partOf(run, "dut")["name"] = "board";
    });
    assert.equal(fillUnknown(wire), wire);
  }
});

/** The rows of HardPy's own filling: part number and name, before and after. */
const PARTS: [before: [unknown, unknown], after: [unknown, unknown]][] = [
  [[null, null], ["unknown", "unknown"]],
  [["PN", null], ["PN", "PN"]],
  [["PN", ""], ["PN", "PN"]],
  [["", "board"], ["unknown", "board"]],
  [["PN", "board"], ["PN", "board"]],
  [['P"N\\', null], ['P"N\\', 'P"N\\']],
];

for (const place of ["dut", "sub unit", "instrument"]) {
  Deno.test(`fillUnknown() gives a ${place} without a name its part number`, async () => {
    const wire = await wireOf(GENERATIONS["0.22"] ?? "", (run) => {
      const parts = PARTS.map(([[number, name]]) => ({
        "part_number": number,
        name,
      }));
      if (place === "dut") return;
      const owner = partOf(run, place === "sub unit" ? "dut" : "test_stand");
      owner[place === "sub unit" ? "sub_units" : "instruments"] = parts;
    });
    const filled = (text: string, index: number): [unknown, unknown] => {
      const run = JSON.parse(fillUnknown(text)) as Json;
      const list = place === "sub unit"
        ? partOf(run, "dut")["sub_units"]
        : partOf(run, "test_stand")["instruments"];
      const part = place === "dut"
        ? partOf(run, "dut")
        : (list as Json[])[index];
      return [part?.["part_number"], part?.["name"]];
    };
    for (const [index, [before, after]] of PARTS.entries()) {
      const text = place !== "dut" ? wire : await wireOf(
        GENERATIONS["0.22"] ?? "",
        (run) => {
          [partOf(run, "dut")["part_number"], partOf(run, "dut")["name"]] =
            before;
        },
      );
      assert.deepEqual(filled(text, index), after);
    }
  });
}

Deno.test("fillUnknown() keeps every digit and escape", () => {
  const text =
    '{"x":9007199254740993,"y":1.10,"s":"\\u00e4\\/","dut":{"part_number":null},"test_stand":{"name":""}}';
  assert.equal(
    fillUnknown(text),
    '{"x":9007199254740993,"y":1.10,"s":"\\u00e4\\/","dut":{"part_number":"unknown"},"test_stand":{"name":"unknown"}}',
  );
});
