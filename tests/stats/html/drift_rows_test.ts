import assert from "node:assert/strict";
import { driftRow } from "../../../src/stats/html/drift_rows.ts";
import { driftSignals } from "../../../src/stats/html/signals.ts";
import { between, measurementOf, normal } from "./made_measurements.ts";

/** 240 runs at two stands in turn; what `change` makes of the values of the second. */
function drifting(change: (value: number, own: number) => number) {
  const values = normal(240, { mean: 5, stdev: 0.1, seed: 2 })
    .map((value, index) =>
      index % 2 === 1 ? change(value, (index - 1) / 2) : value
    );
  const result = measurementOf({
    values,
    limits: between(3, 7),
    standNames: ["eol-1", "eol-2"],
    standOf: (index) => index % 2,
  });
  const signals = driftSignals(result.event);
  return { series: result.series(), signals };
}

Deno.test("driftRow() finds the longest row of a stand among the runs of all", () => {
  const { series, signals } = drifting((value, own) =>
    own >= 80 && own < 100 ? value - 0.3 : value
  );
  const signal = signals.find(({ rule }) => rule.rule === "eight_one_side");
  assert.ok(signal !== undefined);
  const row = driftRow(signal, series);
  assert.ok(row !== undefined);
  const own = series.values.filter((_, index) =>
    index % 2 === 1 && index >= row.from && index <= row.to
  );
  assert.equal(own.length, signal.rule.longest);
  const { centre } = signal.drift;
  const isBelow = signal.rule.longest_side === "below";
  assert.ok(own.every((value) => isBelow ? value < centre : value > centre));
  assert.equal(row.from % 2, 1);
});

Deno.test("driftRow() finds the row of a trend", () => {
  const { series, signals } = drifting((value, own) =>
    own >= 40 && own < 52 ? 4 + own / 50 : value
  );
  const signal = signals.find(({ rule }) => rule.rule === "six_trending");
  assert.ok(signal !== undefined);
  const row = driftRow(signal, series);
  assert.ok(row !== undefined && row.from <= 81 && row.to >= 103);
});

Deno.test("driftRow() has no row for single points beyond 3 sigma", () => {
  const { series, signals } = drifting((value, own) =>
    own % 20 === 19 ? value + 3 : value
  );
  const signal = signals.find(({ rule }) => rule.rule === "beyond_3_sigma");
  assert.ok(signal !== undefined);
  assert.equal(driftRow(signal, series), undefined);
});
