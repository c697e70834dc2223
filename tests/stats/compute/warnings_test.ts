import assert from "node:assert/strict";
import { madeRun, START, statisticsOf } from "../made_runs.ts";

/** What the warning says, and its examples; nothing where there is none. */
function warned(
  code: string,
  runs: Parameters<typeof statisticsOf>[0],
  now = new Date((START + 86_400) * 1000),
) {
  const { warnings } = statisticsOf(runs, { now });
  const found = warnings.find((warning) => warning.code === code);
  return found && [found.count, found.examples, found.message];
}

Deno.test("runs of a wrong clock are named", () => {
  const runs = [0, -1e10, 1e9, 86_400 + 3700, 86_400 + 3500].map((at) =>
    madeRun({ serial: `SN-${at}`, at })
  );
  assert.deepEqual(warned("wrong_clock", runs), [
    3,
    ["1.json", "2.json", "3.json"],
    "3 runs have a time in the future or before 2020: the clock of the stand is wrong, and so is the order of runs",
  ]);
  assert.equal(warned("wrong_clock", runs.slice(0, 1)), undefined);
});

Deno.test("units that were tested at several stands are named", () => {
  const runs = ["eol-1", "eol-2"].map((stand, at) => madeRun({ stand, at }));
  assert.deepEqual(warned("several_stands", runs), [
    1,
    ["SN-0001"],
    "1 unit was tested at several stands: each counts at the stand of its first attempt",
  ]);
  assert.equal(warned("several_stands", runs.slice(0, 1)), undefined);
});

Deno.test("runs without a verdict are told", () => {
  const runs = ["passed", "stopped", "skipped"].map((status, at) =>
    madeRun({ status, at, serial: `SN-${at}` })
  );
  assert.deepEqual(warned("no_verdict", runs), [
    2,
    ["1.json", "2.json"],
    "2 runs were stopped or skipped: without a verdict, so in no yield",
  ]);
});
