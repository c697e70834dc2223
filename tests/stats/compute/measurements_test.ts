import assert from "node:assert/strict";
import { MOST_MEASUREMENTS } from "../../../src/stats/collect/entry_table.ts";
import { manyNames } from "../../../src/stats/compute/measurement_warnings.ts";
import {
  collected,
  type Made,
  madeCase,
  madeRun,
  measured,
  type RunParts,
  statisticsOf,
  type StatisticsOptions,
} from "../made_runs.ts";

/** A run of its own unit with these measurements in one case. */
function run(at: number, entries: readonly Made[], parts: RunParts = {}) {
  const cases = { "test_a": madeCase(entries) };
  return madeRun({ serial: `SN-${at}`, at, cases, ...parts });
}

function eventsOf(runs: readonly Made[], options: StatisticsOptions = {}) {
  return statisticsOf(runs, options).measurements.map(({ event }) => event);
}

Deno.test("the sample is the first attempt of each unit, or every attempt when asked", () => {
  const runs = [
    run(1, [measured(1)], { status: "failed" }),
    run(2, [measured(2)], { serial: "SN-1" }),
    run(3, [measured(3)], { serial: null }),
    run(4, [measured(4)], { status: "stopped" }),
  ];
  const [first] = eventsOf(runs);
  assert.deepEqual([first?.n, first?.mean, first?.sample], [
    1,
    1,
    "first_attempts",
  ]);
  const [all] = eventsOf(runs, { allAttempts: true });
  assert.deepEqual([all?.n, all?.mean, all?.sample], [3, 2, "all_attempts"]);
});

Deno.test("values without a number are missing; runs with the case and without the entry are absent", () => {
  const runs = [
    run(1, [measured(1)]),
    run(2, [measured(null)]),
    run(3, [measured(NaN)]),
    run(4, [measured(Infinity, { result: false })]),
    run(5, []),
    run(6, [], { cases: {} }),
    run(7, [measured(11, { result: null })]),
  ];
  const [event] = eventsOf(runs);
  assert.deepEqual(
    [
      event?.n,
      event?.missing,
      event?.absent,
      event?.failed,
      event?.unjudged,
      event?.outside,
    ],
    [2, 3, 1, 1, 1, 1],
  );
});

Deno.test("a measurement is told apart by name, index, unit and kind", () => {
  const runs = [
    run(1, [
      measured(1),
      measured(2),
      measured(3, { unit: "mV" }),
      measured("x"),
    ]),
  ];
  assert.deepEqual(
    eventsOf(runs).map((
      { name, index, unit, kind, n },
    ) => [name, index, unit, kind, n]),
    [
      ["Voltage", 1, "V", "numeric", 1],
      ["Voltage", 1, "V", "string", 1],
      ["Voltage", 1, "mV", "numeric", 1],
      ["Voltage", 2, "V", "numeric", 1],
    ],
  );
});

Deno.test("limit sets are never pooled: the newest is the first", () => {
  const narrow = { "upper_limit": 5.0 };
  const runs = [
    run(1, [measured(1)]),
    run(2, [measured(2, narrow)]),
    run(3, [measured(3, { "upper_limit": 5 })]),
    run(4, []),
  ];
  const { measurements, warnings } = statisticsOf(runs);
  assert.deepEqual(
    measurements.map((
      { event },
    ) => [
      event.limit_set,
      event.limit_sets,
      event.limits?.upper,
      event.n,
      event.absent,
    ]),
    [[1, 2, 5, 2, 1], [2, 2, 10, 1, 1]],
  );
  const changed = warnings.find(({ code }) => code === "limits_changed");
  assert.equal(
    changed?.message,
    "limits of Voltage changed on 2026-03-02: the newest are shown",
  );
});

Deno.test("with more than 20 limit sets the limits belong to the unit", () => {
  const runs = (sets: number) =>
    Array.from(
      { length: 30 },
      (_, at) => run(at, [measured(at, { "upper_limit": 5 + at % sets })]),
    );
  assert.equal(eventsOf(runs(20)).length, 20);
  const [event, ...more] = eventsOf(runs(21));
  assert.equal(more.length, 0);
  assert.deepEqual([event?.limits, event?.verdict, event?.n], [
    null,
    "limits_vary",
    30,
  ]);
  // Each value is compared with its own limits.
  assert.equal(event?.outside, 9);
});

Deno.test("of eq and ne only the operation is the limit set; what is compared shows when it is the same", () => {
  const equal = (value: string, other: string) =>
    measured(value, {
      type: "string",
      operation: "eq",
      "comparison_value": other,
    });
  const [same] = eventsOf([
    run(1, [equal("a", "a")]),
    run(2, [equal("b", "a")]),
  ]);
  assert.deepEqual([same?.n, same?.limits?.comparison, same?.mean], [
    2,
    "a",
    null,
  ]);
  const [other] = eventsOf([
    run(1, [equal("a", "a")]),
    run(2, [equal("b", "b")]),
  ]);
  assert.deepEqual([other?.n, other?.limits?.comparison, other?.limit_sets], [
    2,
    null,
    1,
  ]);
});

Deno.test("another unit of measure is another measurement, with a warning", () => {
  const { warnings } = statisticsOf([
    run(1, [measured(1)]),
    run(2, [measured(1000, { unit: "mV" })]),
  ]);
  const changed = warnings.find(({ code }) => code === "unit_changed");
  assert.deepEqual([changed?.count, changed?.examples], [1, [
    "PN-1 EOL Voltage",
  ]]);
});

Deno.test("names that differ in each run end at a limit, with a clear line", () => {
  const count = MOST_MEASUREMENTS + 10;
  const entries = Array.from(
    { length: count },
    (_, at) => measured(1, { name: `N${at}` }),
  );
  const collector = collected([run(1, entries)]);
  assert.equal(collector.entries.length, MOST_MEASUREMENTS);
  const { count: cases, message } = manyNames(collector);
  assert.equal(cases, 1);
  assert.match(message, /more than 1000 names/);
  assert.match(message, /10 values beyond 100000 measurements are left out/);
});

Deno.test("the series behind an event is in the order of runs, whatever the order of reading", () => {
  const runs = [3, 1, 2].map((at) =>
    run(at, [measured(at === 2 ? 99 : at)], { stand: `eol-${at}` })
  );
  const [result] = statisticsOf(runs).measurements;
  const series = result?.series();
  assert.deepEqual([...series?.values ?? []], [1, 99, 3]);
  assert.deepEqual([...series?.outside ?? []], [0, 1, 0]);
  assert.deepEqual(series?.standNames, ["eol-1", "eol-2", "eol-3"]);
});
