import { isPlausible } from "../../runs/rules/wrong_clock.ts";
import type { Collector } from "../collect/collector.ts";
import type { FilterName } from "../filters.ts";
import type { Grouping, YieldEvent } from "../events.ts";
import type { LocalDays } from "../local_days.ts";
import type { Statistics, UnitHistory } from "../statistics.ts";
import { utcText } from "../times.ts";
import { caseEvents } from "./cases.ts";
import { failureEvents } from "./failures.ts";
import { measurementResults } from "./measurements.ts";
import { runLines } from "./run_line.ts";
import { type RunOrder, runOrder } from "./run_order.ts";
import { firstAttempts, sampleRuns } from "./sample.ts";
import { statsEvent } from "./stats_event.ts";
import {
  compareUnits,
  isDecided,
  isIncluded,
  isRemarkable,
  passedLast,
  passedWithin,
  type Unit,
  unitEvent,
  unitsOf,
} from "./units.ts";
import { ofAll } from "./warning.ts";
import { warningEvents } from "./warnings.ts";
import { yieldsBy } from "./yields.ts";

export interface ComputeOptions {
  readonly by: Grouping;
  readonly days: LocalDays;
  /** Each filter as it was typed: `--stand eol-2`. */
  readonly filterWords: ReadonlyMap<FilterName, string>;
  /** Without it no time is in the future. */
  readonly now?: Date;
  /** Since the beginning. */
  seconds(): number;
}

export interface Computed {
  readonly statistics: Statistics;
  readonly order: RunOrder;
  /** Also those that the filters leave out. */
  readonly allUnits: readonly Unit[];
}

/** What the collected runs say together. */
export function computeStatistics(
  collector: Collector,
  options: ComputeOptions,
): Computed {
  const { runs } = collector;
  const order = runOrder(runs);
  const allUnits = unitsOf(runs, order);
  const units = allUnits.filter((unit) => isIncluded(runs, unit));
  const statistics = statisticsOf(collector, { ...options, order, units });
  return { statistics, order, allUnits };
}

interface Included extends ComputeOptions {
  readonly order: RunOrder;
  readonly units: readonly Unit[];
}

function statisticsOf(
  collector: Collector,
  { by, days, filterWords, now, seconds, order, units }: Included,
): Statistics {
  const { runs } = collector;
  const first = firstAttempts(collector, units);
  const sample = sampleRuns(collector, order, first);
  const yieldsOf = (by: Grouping | null): YieldEvent[] =>
    yieldsBy(by, { collector, order, units, days });
  const yields = yieldsOf(null);
  const measurements = measurementResults(collector, order, sample);
  const line = runLines(collector);
  const fitting = order.runs.filter((run) => runs.fits(run));
  return {
    by,
    yields: [...yields, ...yieldsOf(by)],
    failures: failureEvents(collector, order, first),
    cases: caseEvents(collector),
    measurements,
    units: histories(collector, units, line),
    warnings: warningEvents(collector, {
      measurements: measurements.map(({ event }) => event),
      ...unitFindings(collector, units),
      ...runFindings(collector, fitting, now),
    }),
    stats: statsEvent(collector, {
      fitting,
      units,
      measurements: measurements.length,
      sampleRuns: sample.count,
      seconds: seconds(),
    }),
    ...daysOf(collector, fitting, days),
    filters: [...filterWords.values()],
    filteredBy: [...collector.options.filter.removed].map((
      [name, removed],
    ) => ({
      filter: filterWords.get(name) ?? name,
      runs: removed,
    })),
    yieldsBy: yieldsOf,
    lastRuns: (count) => [...fitting.slice(-count)].reverse().map(line),
  };
}

function daysOf(
  { runs }: Collector,
  fitting: Uint32Array,
  days: LocalDays,
): Pick<Statistics, "firstDay" | "lastDay"> {
  let [first, last]: (number | undefined)[] = [];
  for (const run of fitting) {
    const time = runs.timeOf(run);
    // A broken clock can tell a time that no calendar has.
    if (utcText(time * 1000) === null) continue;
    if (first === undefined || time < runs.timeOf(first)) first = run;
    if (last === undefined || time > runs.timeOf(last)) last = run;
  }
  const dayOf = (run: number | undefined) =>
    run === undefined
      ? null
      : days.dayOf(runs.timeOf(run), runs.textOf(run, "timezone"));
  return { firstDay: dayOf(first), lastDay: dayOf(last) };
}

function histories(
  { runs }: Collector,
  units: readonly Unit[],
  line: ReturnType<typeof runLines>,
): UnitHistory[] {
  return units.filter((unit) => isRemarkable(runs, unit)).map((unit) => ({
    event: unitEvent(runs, unit),
    get attempts() {
      return unit.attempts.map(line);
    },
  })).sort((a, b) => compareUnits(a.event, b.event));
}

function unitFindings(
  { runs }: Collector,
  units: readonly Unit[],
) {
  const decided = units.filter(isDecided);
  const nameOf = ({ runs: [run = 0] }: Unit) =>
    runs.textOf(run, "serialNumber") ?? "";
  const stopped = decided.filter((unit) => !runs.hasVerdict(unit.runs[0] ?? 0));
  const failedLater = decided.filter((unit) =>
    passedWithin(runs, unit) && !passedLast(runs, unit)
  );
  const severalStands = decided.filter(({ attempts }) =>
    new Set(attempts.map((run) => runs.idOf(run, "stand"))).size > 1
  );
  return {
    severalStands: ofAll(severalStands.map(nameOf)),
    stoppedFirst: ofAll(stopped.map(nameOf)),
    failedAfterPass: ofAll(failedLater.map(nameOf)),
  };
}

function runFindings(
  { runs }: Collector,
  fitting: Uint32Array,
  now: Date | undefined,
) {
  const those = (test: (run: number) => boolean) =>
    ofAll(Array.from(fitting.filter(test), (run) => runs.sourceOf(run)));
  return {
    withoutSerial: those((run) =>
      runs.hasVerdict(run) && runs.idOf(run, "serialNumber") === 0
    ),
    noVerdict: those((run) => !runs.hasVerdict(run)),
    wrongClock: those((run) => !isPlausible(runs.timeOf(run), now)),
  };
}
