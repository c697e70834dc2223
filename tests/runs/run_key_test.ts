import assert from "node:assert/strict";
import { runKeyOf } from "../../src/runs/run_key.ts";

const CASE = {
  status: "passed",
  "start_time": 2,
  "stop_time": 3,
  attempt: 1,
  measurements: [{ value: 1.5 }],
};

function run(changes = {}, caseChanges = {}): Record<string, unknown> {
  return {
    name: "plan",
    "start_time": 1,
    "test_stand": { "hw_id": "hw", name: "bench" },
    dut: { "serial_number": "SN" },
    modules: { m: { cases: { c: { ...CASE, ...caseChanges } } } },
    ...changes,
  };
}

const KEY = runKeyOf(run());

Deno.test("runKeyOf() is the same whatever is set after the run, or written as a text", () => {
  assert.match(KEY ?? "", /^[0-9a-f]{64}$/);
  for (
    const same of [
      run({ dut: { "serial_number": "SN-2" }, artifact: { a: 1 } }),
      run({ "test_stand": { "hw_id": "hw", name: "unknown" } }),
      run({ "start_time": "1" }),
      run({}, { "stop_time": "3", attempt: "1", "assertion_msg": "x" }),
      run({}, { measurements: [{ value: "1.5", name: "U" }] }),
    ]
  ) assert.equal(runKeyOf(same), KEY);
});

Deno.test("runKeyOf() is another one for another stand, plan, start, result or value", () => {
  for (
    const other of [
      run({ "test_stand": { "hw_id": "hw-2" } }),
      run({ name: "another plan" }),
      run({ "start_time": 2 }),
      run({}, { status: "failed" }),
      run({}, { "start_time": 1 }),
      run({}, { attempt: 2 }),
      run({}, { measurements: [{ value: 1.6 }] }),
    ]
  ) assert.notEqual(runKeyOf(other), KEY);
});

Deno.test("runKeyOf() takes a case without attempts for one with none", () => {
  const [lean, full] = [
    run({}, { attempt: undefined }),
    run({}, { attempt: 0 }),
  ];
  assert.equal(runKeyOf(lean), runKeyOf(full));
});

Deno.test("runKeyOf() gives none to a run without a start", () => {
  for (const start of [undefined, null, "", "soon"]) {
    assert.equal(runKeyOf(run({ "start_time": start })), undefined);
  }
});
