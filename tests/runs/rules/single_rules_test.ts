import assert from "node:assert/strict";
import { checkRun } from "../../../src/runs/check_run.ts";
import { judge } from "../../../src/runs/rules/judge_measurement.ts";
import { markOf } from "../../../src/runs/rules/key_words.ts";
import { isTimeZone } from "../../../src/runs/rules/time_zone.ts";
import { runWith } from "./sound_runs.ts";

const CASE = "/modules/test_supply/cases/test_rail";

/** Messages of one rule about a run with one value replaced. */
function messages(rule: string, at: string, value: unknown): string[] {
  const run = runWith({ at, json: JSON.stringify(value) });
  return checkRun(run, { now: new Date("2026-03-01T12:00:00Z") })
    .filter((issue) => issue.rule === rule)
    .map(({ severity, message }) => `${severity}: ${message}`);
}

const MEASUREMENTS: [Record<string, unknown>, boolean | undefined][] = [
  [{ value: 1, operation: "eq", "comparison_value": 1 }, true],
  [{ value: 1, operation: "ne", "comparison_value": 1 }, false],
  [{ value: 2, operation: "gt", "comparison_value": 1 }, true],
  [{ value: 1, operation: "gtlt", "lower_limit": 1, "upper_limit": 2 }, false],
  [{ value: 1, operation: "gele", "lower_limit": 1, "upper_limit": 2 }, true],
  [{ value: 2, operation: "gelt", "lower_limit": 1, "upper_limit": 2 }, false],
  [{ value: 2, operation: "ltgt", "lower_limit": 1, "upper_limit": 2 }, false],
  [{ value: 3, operation: "lege", "lower_limit": 1, "upper_limit": 2 }, true],
  [{ value: 1, operation: "gele", "lower_limit": 1 }, undefined],
  [{ value: 2 ** 60, operation: "eq", "comparison_value": 1 }, undefined],
  [{ value: "a", operation: "eq", "comparison_value": "A" }, false],
  [
    {
      value: "a",
      operation: "eq",
      "comparison_value": "A",
      casesensitive: false,
    },
    true,
  ],
  [{ value: "a", operation: "ne", "comparison_value": "A" }, true],
  [{ value: "a", operation: "gt", "comparison_value": "A" }, undefined],
  [{ value: 1 }, undefined],
];

for (const [measurement, expected] of MEASUREMENTS) {
  Deno.test(`judge() gives ${expected} for ${JSON.stringify(measurement)}`, () => {
    assert.equal(judge(measurement), expected);
  });
}

Deno.test("measurement-result speaks about limits, results, names and units", () => {
  const found = (measurement: object) =>
    messages("measurement-result", `${CASE}/measurements`, [
      { type: "numeric", name: "U", unit: "V", ...measurement },
    ]);
  const of = 'Measurement "U" of case "Rail 3V3"';
  const limits = { operation: "gele", "lower_limit": 1, "upper_limit": 2 };
  assert.deepEqual(found({ value: 1, result: true, ...limits }), []);
  assert.deepEqual(found({ value: 1, result: null, ...limits }), [
    `warning: ${of} was not judged`,
  ]);
  assert.deepEqual(found({ value: 3, result: true, ...limits }), [
    `warning: ${of} has the result true, but by its limits it is false`,
  ]);
  assert.deepEqual(
    found({ value: 1, result: true, ...limits, "upper_limit": null }),
    [`warning: ${of} is compared by "gele", but has no upper limit`],
  );
  assert.deepEqual(found({ value: 1, "lower_limit": 2, "upper_limit": 1 }), [
    `warning: ${of} has a lower limit of 2 above its upper one, 1`,
  ]);
  assert.deepEqual(found({ value: 1, unit: null, name: "" }), [
    'info: A measurement of case "Rail 3V3" has no name',
    'info: A measurement of case "Rail 3V3" has no unit',
  ]);
});

Deno.test("implausible-time speaks about clocks, orders and gaps", () => {
  const found = (at: string, value: unknown) =>
    messages("implausible-time", at, value);
  assert.deepEqual(found("/stop_time", 1771490040000), [
    "error: The run stopped at 1771490040000, which is not in seconds",
  ]);
  assert.deepEqual(found("/stop_time", 1803026040), [
    "warning: The run stopped in the future, at 2027-02-19T08:34:00Z",
  ]);
  assert.deepEqual(found("/start_time", 100), [
    "warning: The run started before HardPy existed, at 1970-01-01T00:01:40Z",
  ]);
  assert.deepEqual(found("/stop_time", null), [
    'warning: The run has the status "passed" but no stop time',
  ]);
  assert.deepEqual(found(`${CASE}/stop_time`, 1771490041), [
    'warning: Case "Rail 3V3" stopped 1 s after the run',
  ]);
  assert.deepEqual(found(`${CASE}/start_time`, 1771490001), [
    'warning: Case "Rail 3V3" started 1 s before the run',
  ]);
  assert.deepEqual(found(`${CASE}/stop_time`, 1771490001), [
    'error: Case "Rail 3V3" stopped 1 s before it started',
  ]);
});

const EARLIER = { "start_time": 1771480001, "stop_time": 1771480009 };

/** What an earlier run of a renamed test file left behind. */
const LEFT_OVER = {
  ...EARLIER,
  name: "Old supply",
  cases: { a: EARLIER, b: EARLIER },
};

Deno.test("stale-data tells what ended before the run, a whole module once", () => {
  const modules = "/modules/test_supply";
  assert.deepEqual(messages("stale-data", modules, LEFT_OVER), [
    'warning: Module "Old supply" ended 9993 s before the run started',
  ]);
  assert.deepEqual(messages("implausible-time", modules, LEFT_OVER), []);
  assert.deepEqual(messages("stale-data", CASE, EARLIER), [
    'warning: Case "test_rail" ended 9993 s before the run started',
  ]);
});

Deno.test("stale-data keeps silent where a clock was wrong", () => {
  for (
    const [at, value] of [
      [`${CASE}`, { "start_time": 1, "stop_time": 2 }],
      ["/start_time", 1771490050],
      ["/start_time", 1871490050],
      [`${CASE}/stop_time`, 1771480009],
    ] as const
  ) assert.deepEqual(messages("stale-data", at, value), [], at);
});

Deno.test("inconsistent-status compares the run with its cases", () => {
  assert.deepEqual(
    messages("inconsistent-status", `${CASE}/status`, "failed"),
    ['warning: The run has passed, but case "Rail 3V3" has the status "failed"'],
  );
  assert.deepEqual(messages("inconsistent-status", "/status", "failed"), [
    "info: The run has failed, but none of its cases",
  ]);
  assert.deepEqual(
    messages("inconsistent-status", "/status", "done").length,
    1,
  );
});

Deno.test("structured-data-in-artifact knows measurements, charts and fields", () => {
  const found = (artifact: unknown) =>
    messages("structured-data-in-artifact", `${CASE}/artifact`, artifact);
  const like = (key: string, what: string) =>
    `info: The artifact "${key}" looks like ${what}`;
  assert.deepEqual(found({ rail: { v: 3, unit: "V" } }), [
    like("rail", "a measurement"),
  ]);
  assert.deepEqual(found({ x: [1, 2, 3], y: [4, 5, 6] }), [
    like("y", "a chart"),
  ]);
  assert.deepEqual(found({ trace: [1, 2, 3, 4, 5, 6, 7, 8] }), [
    like("trace", "a chart"),
  ]);
  assert.deepEqual(found({ "error_code": 3 }), [
    like("error_code", "a field of the run"),
  ]);
  assert.deepEqual(found({ limits: [1, 2], rows: [[1, 2, 3], [4, 5, 6]] }), []);
});

Deno.test("markOf() reads the words of a key", () => {
  assert.equal(markOf("hwRev"), "dut fact");
  assert.equal(markOf("HW-rev"), "dut fact");
  assert.equal(markOf("fixture_7"), "stand fact");
  assert.equal(markOf("wifiPassword"), "secret");
  assert.equal(markOf("api-key"), "secret");
  assert.equal(markOf("token_count"), undefined);
  assert.equal(markOf("voltage"), undefined);
  assert.equal(markOf("__proto__"), undefined);
});

Deno.test("isTimeZone() knows the zones of the IANA database", () => {
  for (const zone of ["Europe/Berlin", "UTC", "America/Argentina/Salta"]) {
    assert.ok(isTimeZone(zone), zone);
  }
  for (const zone of ["Middle Earth", "+02:00", "Europe/Bärlin", "CEST5"]) {
    assert.ok(!isTimeZone(zone), zone);
  }
});
