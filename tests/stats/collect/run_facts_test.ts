import assert from "node:assert/strict";
import { runFactsOf } from "../../../src/stats/collect/run_facts.ts";
import { madeRun, type RunParts, START } from "../made_runs.ts";

function factsOf(parts: RunParts) {
  const facts = runFactsOf(madeRun(parts));
  if (typeof facts === "string") throw new Error(facts);
  return facts;
}

Deno.test("runFactsOf() leaves out runs without one of the five statuses, and without any time", () => {
  for (const status of ["run", "ready", "PASSED", "", "toString"]) {
    assert.equal(runFactsOf(madeRun({ status })), "unfinished");
  }
  assert.equal(runFactsOf(madeRun({ at: null })), "no_time");
  assert.equal(
    runFactsOf(
      madeRun({ more: { "start_time": "1772431200", "stop_time": NaN } }),
    ),
    "no_time",
  );
});

Deno.test("runFactsOf() takes the stop where there is no start", () => {
  const { start, time } = factsOf({ at: null, stop: START + 5 });
  assert.deepEqual([start, time], [null, START + 5]);
});

Deno.test("runFactsOf() removes white space around texts; an empty text is missing", () => {
  assert.equal(factsOf({ serial: "\t SN 1\v\f\r\n" }).serialNumber, "SN 1");
  assert.equal(factsOf({ serial: " \n" }).serialNumber, null);
  // No-break space is part of a name.
  assert.equal(factsOf({ part: "\u00a0PN" }).partNumber, "\u00a0PN");
  assert.equal(factsOf({ more: { user: 5 } }).operator, null);
});

Deno.test("runFactsOf() takes unknown part numbers and stands, and placeholders of serial numbers, as missing", () => {
  assert.equal(factsOf({ part: " Unknown " }).partNumber, null);
  assert.equal(factsOf({ part: "n/a" }).partNumber, "n/a");
  assert.equal(factsOf({ stand: "UNKNOWN" }).stand, "pc-1");
  assert.equal(factsOf({ stand: null, hardwareId: null }).stand, null);
  for (const serial of ["N/A", "unknown", " test ", "-"]) {
    assert.equal(factsOf({ serial }).serialNumber, null);
  }
});

Deno.test("runFactsOf() names the process by name, number, or the run's name", () => {
  const process = (name: unknown, number: unknown) =>
    factsOf({ more: { process: { name, number } } }).process;
  assert.equal(process("EOL", 3), "EOL");
  assert.equal(process(" ", 3), "#3");
  assert.equal(process(null, "3"), "Plan");
});
