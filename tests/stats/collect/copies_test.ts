import assert from "node:assert/strict";
import { Copies } from "../../../src/stats/collect/copies.ts";
import { madeCase, madeRun, measured } from "../made_runs.ts";

const CASES = { "test_a": madeCase([measured(1)]) };

Deno.test("Copies knows a run again in another form", () => {
  const copies = new Copies();
  const run = madeRun({ cases: CASES });
  assert.equal(copies.has(run, "SN-1"), false);
  const filled = { ...run, rev: "1-a", artifact: { added: true } };
  assert.equal(copies.has(filled, "SN-1"), true);
});

Deno.test("Copies takes a later document without serial number as a copy, not an earlier one", () => {
  const copies = new Copies();
  assert.equal(copies.has(madeRun(), "SN-1"), false);
  assert.equal(copies.has(madeRun(), null), true);
  assert.equal(copies.has(madeRun(), "SN-2"), false);
  const others = new Copies();
  assert.equal(others.has(madeRun(), null), false);
  assert.equal(others.has(madeRun(), "SN-1"), false);
});

Deno.test("Copies tells runs apart by start, name, hardware, cases and values", () => {
  const copies = new Copies();
  const runs = [
    madeRun({ cases: CASES }),
    madeRun({ cases: CASES, at: 1 }),
    madeRun({ cases: CASES, hardwareId: "pc-2" }),
    madeRun({ cases: CASES, more: { name: "Other" } }),
    madeRun({ cases: { "test_a": madeCase([measured(2)]) } }),
    madeRun({ cases: { "test_a": madeCase([measured(1)], { attempt: 2 }) } }),
    madeRun({ cases: CASES, at: null, stop: 5 }),
  ];
  for (const run of runs) assert.equal(copies.has(run, "SN-1"), false);
  for (const run of runs) assert.equal(copies.has(run, "SN-1"), true);
});
