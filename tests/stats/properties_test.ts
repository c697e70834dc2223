import assert from "node:assert/strict";
import fc from "fast-check";
import type { Statistics } from "../../src/stats/statistics.ts";
import {
  type Made,
  madeCase,
  madeRun,
  measured,
  statisticsOf,
} from "./made_runs.ts";

/** A run; runs of the same start at the same stand are copies or look alike. */
const made = fc.record({
  serial: fc.constantFrom("SN-01", "SN-02", "SN-03", "SN-04", null),
  part: fc.constantFrom("PN-1", "PN-2", null),
  process: fc.constantFrom("ICT", "EOL"),
  stand: fc.constantFrom("eol-1", "eol-2", null),
  status: fc.constantFrom("passed", "failed", "error", "stopped", "skipped"),
  value: fc.constantFrom(1.25, 3.5, 11, null),
  upper: fc.constantFrom(5, 10),
}, { noNullPrototype: true }).map(({ value, upper, ...parts }) => ({
  parts,
  entries: [measured(value, { "upper_limit": upper })],
}));

/** Runs at different times, so that their order is certain. */
const runs = fc.array(made, { maxLength: 40 }).map((list) =>
  list.map(({ parts, entries }, at) =>
    madeRun({
      ...parts,
      at: at * 600,
      cases: { "test_a": madeCase(entries, { status: parts.status }) },
    })
  )
);

/** All that is told but where it was read, and how long it took. */
function toldBy(statistics: Statistics): unknown {
  const { measurements, units, failures, warnings, stats, yields, cases } =
    statistics;
  return JSON.parse(JSON.stringify({
    yields,
    cases,
    failures: failures.map((one) => ({ ...one, example: "" })),
    measurements: measurements.map(({ event }) => event),
    units: units.map(({ event }) => event),
    warnings: warnings.map((one) => ({ ...one, examples: [] })),
    stats: { ...stats, documents: 0, copies: 0 },
  }));
}

function sameFor(
  change: (runs: readonly Made[], random: number) => readonly Made[],
) {
  fc.assert(
    fc.property(runs, fc.nat(), (documents, random) => {
      const changed = change(documents, random);
      for (const allAttempts of [false, true]) {
        for (const by of ["stand", "day", "part-number"] as const) {
          assert.deepEqual(
            toldBy(statisticsOf(changed, { allAttempts, by })),
            toldBy(statisticsOf(documents, { allAttempts, by })),
          );
        }
      }
    }),
    { numRuns: 40 },
  );
}

Deno.test("the order of reading changes nothing", () => {
  sameFor((documents) => documents.toReversed());
  sameFor((documents, random) => {
    const at = documents.length === 0 ? 0 : random % documents.length;
    return [...documents.slice(at), ...documents.slice(0, at)];
  });
});

Deno.test("a copy changes nothing but its count", () => {
  fc.assert(
    fc.property(runs, fc.nat(), (documents, random) => {
      const copies = documents.filter((_, at) =>
        (random >> (at % 30)) % 2 === 1
      );
      // HardPy adds to a copy what the run key does not hold.
      const changed = [
        ...documents,
        ...copies.map((run) => ({ ...run, rev: "2-b" })),
      ];
      const [before, after] = [documents, changed].map((all) =>
        statisticsOf(all)
      );
      const told = (one: Statistics | undefined) =>
        one && { ...toldBy({ ...one, warnings: [] }) as object };
      assert.deepEqual(told(after), told(before));
      assert.equal(after?.stats.copies, copies.length);
    }),
    { numRuns: 40 },
  );
});

Deno.test("every number of runs, units and documents adds up", () => {
  fc.assert(fc.property(runs, (documents) => {
    const { stats, yields, units } = statisticsOf(documents);
    const left = Object.values(stats.left_out).reduce((sum, n) => sum + n, 0);
    assert.equal(stats.documents, stats.runs + stats.copies + left);
    const all = yields.filter(({ by }) => by === null);
    assert.equal(all.reduce((sum, one) => sum + one.runs, 0), stats.runs);
    for (const one of yields.filter(({ units }) => units > 0)) {
      const rates = [0, one.fpy, one.spy, one.tpy, one.lpy, 1].map(Number);
      assert.deepEqual(rates, rates.toSorted((a, b) => a - b));
      assert.ok(Number(one.final_yield) <= Number(one.lpy));
    }
    for (const { event, attempts } of units) {
      assert.equal(attempts.length, event.attempts);
    }
  }));
});
