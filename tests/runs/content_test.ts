import assert from "node:assert/strict";
import { contentAsSent, contentAsStored } from "../../src/runs/content.ts";

Deno.test("contentAsStored() is all but the names of the storage", () => {
  const run = { rev: "1", id: "2", name: "plan", user: null };
  assert.deepEqual(contentAsStored(run), { name: "plan", user: null });
});

Deno.test("contentAsSent() is filled as HardPy's autosync fills what it stores", () => {
  const part = { "part_number": null, name: "" };
  const filled = contentAsSent({
    user: null,
    dut: { ...part, "sub_units": [part, { "part_number": "P", name: null }] },
    "test_stand": { name: null, instruments: [{ ...part, info: {} }] },
  });
  const unknown = { "part_number": "unknown", name: "unknown" };
  assert.deepEqual(filled, {
    dut: {
      ...unknown,
      "sub_units": [unknown, { "part_number": "P", name: "P" }],
    },
    "test_stand": {
      name: "unknown",
      instruments: [{ ...unknown, info: {} }],
    },
  });
});

Deno.test("contentAsSent() adds no name that the document does not have, and changes none", () => {
  const run = {
    dut: { "serial_number": "SN", "sub_units": [] },
    "test_stand": { name: "bench", instruments: [{ name: "meter" }] },
  };
  assert.deepEqual(contentAsSent(run), run);
});
