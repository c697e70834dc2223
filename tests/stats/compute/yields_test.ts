import assert from "node:assert/strict";
import type { Grouping, YieldEvent } from "../../../src/stats/events.ts";
import {
  madeRun,
  only,
  type RunParts,
  statisticsOf,
  type StatisticsOptions,
} from "../made_runs.ts";

/** Attempts of units, a run each minute: `"A+"` passed, `"A-"` failed, `"A!"` error, `"A."` stopped. */
function runsOf(text: string, parts: RunParts = {}) {
  const statuses: Record<string, string> = {
    "+": "passed",
    "-": "failed",
    "!": "error",
    ".": "stopped",
  };
  return text.split(" ").map((word, at) =>
    madeRun({
      serial: word.slice(0, -1) || null,
      status: statuses[word.slice(-1)] ?? "skipped",
      at: at * 60,
      ...parts,
    })
  );
}

function yieldOf(text: string): YieldEvent {
  const { yields } = statisticsOf(runsOf(text));
  return only(yields.filter(({ by }) => by === null));
}

function grouped(
  by: Grouping,
  options: StatisticsOptions & { runs: ReturnType<typeof runsOf> },
) {
  const { runs, ...rest } = options;
  return statisticsOf(runs, { by, ...rest }).yields
    .filter((one) => one.by === by);
}

Deno.test("the first attempt decides about fpy, the last about final_yield", () => {
  const found = yieldOf("A+ B- B+ C- C- C+ D+ D- E! F+ F+");
  assert.equal(found.units, 6);
  assert.equal(found.units_passed_first, 3);
  assert.deepEqual(
    [found.fpy, found.spy, found.tpy, found.lpy, found.final_yield],
    [3 / 6, 4 / 6, 5 / 6, 5 / 6, 4 / 6],
  );
  assert.deepEqual(
    [found.failed_after_pass, found.retested_units, found.retest_rate],
    [1, 4, 4 / 6],
  );
  assert.equal(found.attempts_per_unit, 11 / 6);
  assert.equal(found.run_yield, 6 / 11);
});

Deno.test("stopped and skipped runs are no attempts", () => {
  const found = yieldOf("A. A- A+ B. C? D+ D.");
  assert.deepEqual([found.units, found.fpy], [2, 1 / 2]);
  assert.deepEqual([found.stopped_first, found.undecided_units], [1, 2]);
  assert.deepEqual([found.runs, found.stopped, found.skipped], [7, 3, 1]);
  assert.equal(found.run_yield, 2 / 3);
});

Deno.test("runs without serial number are runs, no units", () => {
  const found = yieldOf("+ - . A+");
  assert.deepEqual([found.units, found.runs], [1, 4]);
  assert.equal(found.runs_without_serial_number, 2);
});

Deno.test("without units the rates are null", () => {
  const { units, fpy, fpy_low: low, final_yield: final, run_yield: rate } =
    yieldOf(".");
  assert.deepEqual([units, fpy, low, final, rate], [0, null, null, null, null]);
});

Deno.test("a unit belongs to the stand of its first attempt, a run to its own", () => {
  const runs = [
    ...runsOf("A-", { stand: "eol-1" }),
    ...runsOf("A+", { stand: "eol-2", at: 60 }),
  ];
  const [first, second] = grouped("stand", { runs });
  assert.deepEqual([first?.group, first?.units, first?.runs], ["eol-1", 1, 1]);
  assert.equal(first?.final_yield, 1);
  assert.deepEqual([second?.group, second?.units, second?.runs], [
    "eol-2",
    0,
    1,
  ]);
});

Deno.test("no filter makes a retest a first attempt", () => {
  const runs = [
    ...runsOf("A-", { stand: "eol-1" }),
    ...runsOf("A+", { stand: "eol-2", at: 60 }),
    ...runsOf("B-", { stand: "eol-2", at: 120 }),
    ...runsOf("B+", { stand: "eol-1", at: 180 }),
  ];
  const { yields, stats } = statisticsOf(runs, {
    filters: { stand: ["eol-2"] },
  });
  const found = only(yields.filter(({ by }) => by === null));
  assert.deepEqual([found.units, found.runs], [1, 2]);
  // The attempt at the other stand counts for the unit.
  assert.deepEqual([found.fpy, found.final_yield, found.attempts_per_unit], [
    0,
    1,
    2,
  ]);
  assert.equal(stats.left_out.filtered, 2);
});

Deno.test("units are told apart by part number and process", () => {
  const runs = [
    ...runsOf("A- A+", { process: "ICT" }),
    ...runsOf("A+", { process: "EOL", at: 300 }),
    ...runsOf("A+", { part: "PN-2", process: "EOL", at: 400 }),
  ];
  const { yields, stats } = statisticsOf(runs, { by: "part-number" });
  assert.deepEqual(
    yields.filter(({ by }) => by === null).map((
      one,
    ) => [one.part_number, one.process, one.fpy]),
    [["PN-1", "EOL", 1], ["PN-1", "ICT", 0], ["PN-2", "EOL", 1]],
  );
  assert.equal(stats.units, 2);
  const [first] = yields.filter(({ by }) => by === "part-number");
  const { rty, units, fpy, process, processes } = first ?? {};
  assert.deepEqual([rty, units, fpy, process, processes], [
    0,
    1,
    null,
    null,
    2,
  ]);
});

Deno.test("rty multiplies the processes; --by process pools part numbers", () => {
  const runs = [
    ...runsOf("A- B+ A+", { process: "ICT" }),
    ...runsOf("A+ B- C+ D+", { process: "EOL", hardwareId: "pc-2" }),
    ...runsOf("A-", { process: "EOL", part: "PN-2", hardwareId: "pc-3" }),
  ];
  const [part] = grouped("part-number", { runs });
  assert.equal(part?.rty, 1 / 2 * 3 / 4);
  const [eol] = grouped("process", { runs });
  const { group, part_number: one, units, fpy, part_numbers: parts } = eol ??
    {};
  assert.deepEqual([group, one, units, fpy, parts], ["EOL", null, 5, 3 / 5, 2]);
});

Deno.test("days and weeks are local: of the run, or of --timezone", () => {
  const zone = (timezone: string) => ({
    "test_stand": { name: "eol-1", "hw_id": "pc", timezone },
  });
  const at = 17.5 * 3600; // 23:30 UTC
  const runs = [
    ...runsOf("A+", { at, more: zone("Europe/Berlin") }),
    ...runsOf("B+", { at: at + 1, more: zone("America/New_York") }),
    ...runsOf("C+", { at: at + 2, more: zone("Mars/Olympus") }),
  ];
  const groups = (by: Grouping, zone?: string) =>
    grouped(by, { runs, ...(zone !== undefined && { zone }) })
      .map(({ group, units }) => [group, units]);
  assert.deepEqual(groups("day"), [["2026-03-02", 2], ["2026-03-03", 1]]);
  assert.deepEqual(groups("day", "UTC"), [["2026-03-02", 3]]);
  assert.deepEqual(groups("week"), [["2026-W10", 3]]);
});

Deno.test("durations are those of passed runs, and not negative", () => {
  const runs = [10, 20, -5, 40].map((seconds, at) =>
    madeRun({
      serial: `S${at}`,
      at,
      more: { "stop_time": 1772431200 + at + seconds },
    })
  );
  runs.push(madeRun({ status: "failed", at: 9 }));
  const { duration } = only(
    statisticsOf(runs).yields.filter(({ by }) => by === null),
  );
  assert.deepEqual(duration, {
    n: 3,
    min: 10,
    median: 20,
    mean: 70 / 3,
    p95: 40,
    max: 40,
  });
});
