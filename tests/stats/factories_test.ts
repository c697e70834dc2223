import assert from "node:assert/strict";
import { cleanLine } from "../../scripts/interop/factory/clean_line.ts";
import { driftingLine } from "../../scripts/interop/factory/drifting_line.ts";
import type { Factory } from "../../scripts/interop/factory/factory.ts";
import { nastyLine } from "../../scripts/interop/factory/nasty_line.ts";
import { holds } from "../../scripts/interop/stats_events.ts";
import type { RunSource } from "../../src/runs/examine.ts";
import { isRunFile } from "../../src/sources/find_runs.ts";
import { Collector } from "../../src/stats/collect/collector.ts";
import { computeStatistics } from "../../src/stats/compute/statistics.ts";
import { RunFilter } from "../../src/stats/filters.ts";
import { LocalDays } from "../../src/stats/local_days.ts";
import { collectRuns } from "../../src/stats/read_runs.ts";

function sourcesOf({ files }: Factory): RunSource[] {
  const encoder = new TextEncoder();
  return files.filter(({ path }) => isRunFile(path))
    .toSorted((a, b) => a.path < b.path ? -1 : 1)
    .map(({ path, content }) => {
      const bytes = typeof content === "string"
        ? encoder.encode(content)
        : new Uint8Array(content);
      return { name: path, read: () => Promise.resolve({ bytes }) };
    });
}

async function eventsOf(factory: Factory) {
  const days = new LocalDays();
  const collector = new Collector({
    filter: new RunFilter({}, days),
    manual: false,
    allAttempts: false,
    keepsAll: false,
  });
  const interrupted = new AbortController().signal;
  await collectRuns({ interrupted }, sourcesOf(factory), collector);
  const { statistics } = computeStatistics(collector, {
    by: "stand",
    days,
    filterWords: new Map(),
    seconds: () => 0,
  });
  const { yields, failures, cases, measurements, units, warnings } = statistics;
  return [
    ...yields,
    ...failures,
    ...cases,
    ...measurements.map(({ event }) => event),
    ...units.map(({ event }) => event),
    ...warnings,
    statistics.stats,
  ];
}

const factories = [cleanLine, driftingLine, nastyLine];

for (const factoryOf of factories) {
  Deno.test(`${factoryOf.name}() holds truths that the statistics find`, async () => {
    for (const seed of [1, 2]) {
      const factory = await factoryOf(seed);
      const events = await eventsOf(factory);
      for (const { of, is } of factory.truths) {
        const found = events.filter((event) => holds(of, event));
        assert.ok(found.length > 0, JSON.stringify(of));
        for (const event of found) {
          assert.ok(holds(is, event), JSON.stringify([is, event]));
        }
      }
    }
  });
}

Deno.test("a factory is the same for the same seed, and another for another", async () => {
  for (const factoryOf of factories) {
    const texts = await Promise.all(
      [1, 1, 2].map(async (seed) =>
        JSON.stringify((await factoryOf(seed)).files)
      ),
    );
    assert.equal(texts[0], texts[1]);
    assert.notEqual(texts[0], texts[2]);
  }
});
