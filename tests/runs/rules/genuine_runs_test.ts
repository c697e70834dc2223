import assert from "node:assert/strict";
import {
  type Fields,
  HISTORY,
  lean,
  leanCase,
  NO_ATTEMPT,
  NO_TIMES,
  RECORD,
  said,
  SKIPPED,
  TIMES,
} from "./lean_runs.ts";
import { soundRun } from "./sound_runs.ts";

Deno.test("checkRun() says nothing about a history file, which has no revision", () => {
  assert.deepEqual(said(lean(HISTORY)), []);
  assert.deepEqual(said(lean({ ...HISTORY, "_rev": "1-ab" })), []);
});

Deno.test("checkRun() asks for the revision of a record and of a report", () => {
  const missing = (key: string) =>
    `error missing-key: The run has no "${key}", which must be a text`;
  assert.deepEqual(said(lean({ "_id": "localhost_8000" })), [missing("_rev")]);
  assert.deepEqual(said(lean({ id: "1771490040123" })), [missing("rev")]);
});

Deno.test("checkRun() takes the body of a POST, which has no null at its top", () => {
  const run: Fields = JSON.parse(soundRun("current"));
  const body = Object.entries(run).filter(([, value]) => value !== null);
  assert.deepEqual(said(Object.fromEntries(body)), []);
  const { start_time: _start, ...unstarted } = Object.fromEntries(body);
  assert.deepEqual(said(unstarted), []);
  const { stop_time: _stop, ...unstopped } = unstarted;
  assert.deepEqual(said(unstopped), [
    'warning implausible-time: The run has the status "passed" but no stop time',
  ]);
});

Deno.test("checkRun() asks for the times of every other form", () => {
  const { stop_time: _stop, ...record } = lean(RECORD);
  assert.deepEqual(said(record), [
    'error missing-key: The run has no "stop_time", which must be a whole number or null',
    'warning implausible-time: The run has the status "passed" but no stop time',
  ]);
});

Deno.test("checkRun() says of a start that was refused only that it is no run", () => {
  const ready = leanCase("Rail", { status: "ready", ...NO_TIMES, attempt: 0 });
  const refused: Fields = {
    ...lean(HISTORY, { "test_rail": ready, "test_standby": ready }),
    ...{ status: "failed", "start_time": null, dut: {}, "test_stand": {} },
  };
  const said1 = [
    "warning inconsistent-status: This is a start that was refused, not a run",
  ];
  assert.deepEqual(said(refused), said1);
  assert.deepEqual(said({ ...refused, modules: {} }), said1);
  const collected = { ...refused, ...RECORD, ...NO_TIMES, status: "ready" };
  assert.deepEqual(said(collected), [
    "warning inconsistent-status: These are collected tests, not a run: no case began",
  ]);
});

Deno.test("checkRun() still asks a run that failed in its first case for its part number", () => {
  const run = lean(HISTORY, { "test_rail": leanCase("Rail", NO_ATTEMPT) }, {
    status: "failed",
    dut: { "serial_number": "1", name: "Board" },
  });
  assert.ok(
    said(run).includes(
      "error missing-mandatory-field: The DUT part number is missing",
    ),
  );
});

Deno.test("checkRun() says once a run that a fixture failed before the test", () => {
  const failed = (count: number) =>
    said(lean(
      HISTORY,
      Object.fromEntries(
        Array.from(
          { length: count },
          (_, at) => [`test_${at}`, leanCase(`Rail ${at}`, NO_ATTEMPT)],
        ),
      ),
      { status: "failed" },
    ));
  const says = "info attempt-count: A fixture failed before the test in";
  assert.deepEqual(failed(1), [`${says} case "Rail 0"`]);
  assert.deepEqual(failed(3), [`${says} 3 cases, first in "Rail 0"`]);
});

Deno.test("checkRun() takes an expected failure as cause, but no skipped case", () => {
  const cases = {
    "test_rail": leanCase("Rail", { status: "failed" }),
    "test_xfail": leanCase("Expected", { status: "skipped" }),
    "test_skip": leanCase("Skipped", SKIPPED),
  };
  const cause = (key: string | null) =>
    said(lean(HISTORY, cases, {
      status: "failed",
      "caused_dut_failure_id": key && `test_supply::${key}`,
    }));
  assert.deepEqual(cause("test_rail"), []);
  assert.deepEqual(cause("test_xfail"), []);
  assert.deepEqual(cause("test_skip"), [
    'warning wrong-failure-cause: The cause of the failure is case "Skipped", but it is "skipped"',
  ]);
});

Deno.test("checkRun() asks for the cause of a failure only where a test surely failed", () => {
  const failed = (given: Fields) =>
    said(lean(
      HISTORY,
      { "test_rail": leanCase("Rail", { status: "failed", ...given }) },
      { status: "failed" },
    ));
  assert.deepEqual(failed({ "assertion_msg": "in a teardown" }), []);
  const outside = { value: 3.6, operation: "lt", "comparison_value": 3.4 };
  const measurement = { name: "Rail", unit: "V", ...outside, result: false };
  const measurements = [{ type: "numeric", ...measurement }];
  assert.deepEqual(failed({ measurements }), [
    "info wrong-failure-cause: The run has failed, but names no cause",
  ]);
});

/** The current record of HardPy 0.20 to 0.22, of a run that ended at its first case. */
function keptRecord(given: Fields = {}): Fields {
  const run: Fields = JSON.parse(soundRun("current"));
  const { rev: _rev, id: _id, ...rest } = run;
  const failed = leanCase("Power", { status: "failed" });
  return {
    ...RECORD,
    ...rest,
    modules: {
      "test_supply": {
        ...{ status: "failed", ...TIMES, name: "Supply", group: "main" },
        cases: {
          "test_power": failed,
          "test_serial": leanCase("Serial", SKIPPED),
        },
      },
    },
    status: "failed",
    "caused_dut_failure_id": "test_supply::test_power",
    ...given,
  };
}

Deno.test("stale-data doubts the serial number of a run that ended early in HardPy 0.22", () => {
  const doubts = [
    'warning stale-data: No case has passed, so "CSB-000117" may be the serial number of the device before',
  ];
  assert.deepEqual(said(keptRecord()), doubts);
  const { error_code: _code, ...later } = keptRecord();
  assert.deepEqual(said(later), []);
  assert.deepEqual(said(keptRecord({ "_rev": "7-ab" })), []);
  const { _id: id, _rev: rev, ...report } = keptRecord();
  assert.deepEqual(said({ ...report, id, rev }), []);
});

Deno.test("stale-data trusts the serial number of a run in which a case has passed", () => {
  const { modules } = JSON.parse(soundRun("current"));
  const cases = modules["test_supply"].cases;
  cases["test_standby"].status = "failed";
  const cause = "test_supply::test_standby";
  const run = keptRecord({ modules, "caused_dut_failure_id": cause });
  assert.deepEqual(said(run), []);
});
