import assert from "node:assert/strict";
import { postedBody } from "../../src/runs/posted_body.ts";
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

/** With "unknown" where a mandatory field is missing. */
function bodyOf(wire: string): string {
  return postedBody(wire, { fillUnknown: true });
}

function withoutNulls(run: Json): Json {
  const members = Object.entries(run).filter(([, value]) => value !== null);
  return Object.fromEntries(members);
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
    Deno.test(`postedBody() of a run of HardPy ${generation} fills what is ${JSON.stringify(value)}, and nothing else`, async () => {
      const wire = await wireOf(name, (run) => setMandatory(run, value));
      const before = JSON.parse(wire) as Json;
      const after = JSON.parse(bodyOf(wire)) as Json;

      const dut = partOf(before, "dut");
      const hasName = "name" in dut;
      const expected = {
        ...withoutNulls(before),
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

Deno.test("postedBody() leaves a run alone that lacks nothing", async () => {
  for (const name of Object.values(GENERATIONS)) {
    const wire = await wireOf(name, (run) => {
      setMandatory(run, "given");
      if ("name" in partOf(run, "dut")) partOf(run, "dut")["name"] = "board";
    });
    const body = bodyOf(wire);
    assert.equal(body, JSON.stringify(withoutNulls(JSON.parse(wire))));
  }
});

Deno.test("postedBody() fills the part number and the stand's name only where that is asked for, and names always", async () => {
  const wire = await wireOf(GENERATIONS["0.22"] ?? "", (run) => {
    partOf(run, "dut")["part_number"] = null;
    partOf(run, "test_stand")["name"] = null;
    partOf(run, "test_stand")["instruments"] = [{}];
  });
  const body = JSON.parse(postedBody(wire, { fillUnknown: false }));
  assert.equal(body.dut.part_number, null);
  assert.equal(body.dut.name, "unknown");
  assert.equal(body.test_stand.name, null);
  const [instrument] = body.test_stand.instruments;
  assert.deepEqual(
    [instrument.name, instrument.part_number],
    ["unknown", "unknown"],
  );
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
  Deno.test(`postedBody() gives a ${place} without a name its part number`, async () => {
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
      const run = JSON.parse(bodyOf(text)) as Json;
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

Deno.test("postedBody() keeps every digit and escape", () => {
  const text =
    '{"x":9007199254740993,"y":1.10,"s":"\\u00e4\\/","dut":{"part_number":null},"test_stand":{"name":""}}';
  assert.equal(
    bodyOf(text),
    '{"x":9007199254740993,"y":1.10,"s":"\\u00e4\\/","dut":{"part_number":"unknown"},"test_stand":{"name":"unknown"}}',
  );
});

Deno.test("postedBody() is the same when the keys are known, whatever looks like the next key", async () => {
  const traps: ((run: Json) => void)[] = [
    () => {},
    // The key behind `modules`, within it and within the artifact.
    (run) => {
      run["modules"] = { a: { cases: {}, user: null }, user: { "x": [1] } };
    },
    (run) => {
      run["artifact"] = { note: 1, user: "x", "batch_serial_number": null };
    },
    (run) => {
      run["user"] = '},"user":null,"artifact":{}}';
      run["artifact"] = { "user": [], "batch_serial_number": "1" };
    },
  ];
  for (const name of Object.values(GENERATIONS)) {
    for (const trap of traps) {
      const wire = await wireOf(name, trap);
      const keys = Object.keys(JSON.parse(wire));
      for (const fillUnknown of [false, true]) {
        assert.equal(
          postedBody(wire, { fillUnknown, keys }),
          postedBody(wire, { fillUnknown }),
        );
      }
    }
  }
});
