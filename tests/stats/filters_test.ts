import assert from "node:assert/strict";
import type { Filters } from "../../src/stats/filters.ts";
import { madeRun, START, statisticsOf } from "./made_runs.ts";

const RUNS = [
  madeRun({ serial: "A", stand: "eol-1", more: { user: "anna" } }),
  madeRun({ serial: "B", stand: "eol-2", at: 86_400 }),
  madeRun({
    serial: null,
    stand: null,
    hardwareId: null,
    part: "unknown",
    at: 2 * 86_400,
  }),
];

/** The times of the runs that are left, in days. */
function left(filters: Filters): number[] {
  const runs = statisticsOf(RUNS, { filters }).lastRuns(9);
  return runs.map(({ time }) => (Date.parse(time) / 1000 - START) / 86_400)
    .reverse();
}

Deno.test("a filter takes any of its texts; all filters must fit", () => {
  assert.deepEqual(left({ stand: ["eol-1", "eol-2"] }), [0, 1]);
  assert.deepEqual(left({ stand: ["eol-1", "eol-2"], serialNumber: ["B"] }), [
    1,
  ]);
  assert.deepEqual(left({ operator: ["anna"] }), [0]);
  assert.deepEqual(left({ operator: ["Anna"] }), []);
});

Deno.test('the text "" stands for a missing text', () => {
  assert.deepEqual(left({ stand: [""] }), [2]);
  assert.deepEqual(left({ partNumber: [""], serialNumber: ["", "A"] }), [2]);
  assert.deepEqual(left({ batch: [""] }), [0, 1, 2]);
});

Deno.test("both days of --since and --until count; a time of --until does not", () => {
  const day = (text: string) => ({ text, day: text });
  const time = (text: string) => ({ text, moment: Date.parse(text) });
  assert.deepEqual(left({ since: day("2026-03-03") }), [1, 2]);
  assert.deepEqual(
    left({ since: day("2026-03-03"), until: day("2026-03-03") }),
    [1],
  );
  assert.deepEqual(left({ until: time("2026-03-03T06:00:00Z") }), [0]);
  assert.deepEqual(left({ since: time("2026-03-03T07:00:00+01:00") }), [1, 2]);
});

Deno.test("the number of runs that each filter leaves out is told", () => {
  const { filteredBy, stats } = statisticsOf(RUNS, {
    filters: { stand: ["eol-1"], operator: ["bert"] },
  });
  assert.deepEqual(filteredBy, [
    { filter: "stand", runs: 2 },
    { filter: "operator", runs: 3 },
  ]);
  assert.deepEqual([stats.runs, stats.left_out.filtered], [0, 3]);
});
