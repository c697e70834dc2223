import type { Collector } from "../collect/collector.ts";
import type { MeasurementRecord } from "../collect/entry_table.ts";
import { compareTexts } from "../collect/texts.ts";
import type { MeasurementEvent, Sample } from "../events.ts";
import { measurementStatistics } from "../measurement_statistics.ts";
import type { MeasurementResult, MeasurementSeries } from "../statistics.ts";
import { utcText } from "../times.ts";
import { caseName, compareCases } from "./cases.ts";
import { entriesByMeasurement } from "./entry_groups.ts";
import { type LimitGroup, limitGroups } from "./limit_groups.ts";
import type { RunOrder } from "./run_order.ts";
import type { SampleRuns } from "./sample.ts";

/** What one event is of: a measurement within one limit set. */
interface Part extends LimitGroup {
  readonly record: MeasurementRecord;
  readonly limitSet: number;
  readonly limitSets: number;
  readonly limitsVary: boolean;
  /** Runs of the sample that list the case but not the measurement. */
  readonly absent: number;
}

/** Each measurement within each limit set, sorted by what it is called. */
export function measurementResults(
  collector: Collector,
  order: RunOrder,
  sample: SampleRuns,
): MeasurementResult[] {
  const { entries: table } = collector;
  const results: MeasurementResult[] = [];
  const all = entriesByMeasurement(collector, order, sample);
  for (const { measurement, entries } of all) {
    const record = table.measurements[measurement];
    if (record === undefined) continue;
    const { groups, ...sets } = limitGroups(
      entries,
      table,
      record.kind === "numeric",
    );
    const absent = (sample.listing[record.case.id] ?? 0) - entries.length;
    groups.forEach((group, at) => {
      const part = { ...group, ...sets, record, absent, limitSet: at + 1 };
      results.push(resultOf(part, collector));
    });
  }
  return results.sort(({ event: a }, { event: b }) => compareEvents(a, b));
}

function resultOf(part: Part, collector: Collector): MeasurementResult {
  const series = () => seriesOf(part, collector);
  return { event: eventOf(part, series(), collector), series };
}

function eventOf(
  part: Part,
  series: MeasurementSeries,
  collector: Collector,
): MeasurementEvent {
  const { record, limitsVary } = part;
  const sample: Sample = collector.options.allAttempts
    ? "all_attempts"
    : "first_attempts";
  const isText = record.kind === "string";
  const counts = countsOf(part, collector);
  return {
    event: "measurement",
    ...caseName(record.case, collector.texts),
    name: record.name,
    index: record.index,
    unit: record.unit,
    kind: record.kind,
    limits: limitsVary ? null : part.limits,
    "limit_set": part.limitSet,
    "limit_sets": part.limitSets,
    sample,
    ...counts,
    absent: part.absent,
    outside: isText ? null : counts.outside,
    ...measurementStatistics(series),
    ...(isText && { n: part.entries.length - counts.missing }),
  };
}

function countsOf({ entries }: Part, { entries: table, runs }: Collector) {
  let [missing, failed, unjudged, outside] = [0, 0, 0, 0];
  let [first, last] = [Infinity, -Infinity];
  for (const index of entries) {
    const entry = table.at(index);
    if (Number.isNaN(entry.value)) missing++;
    if (entry.result === false) failed++;
    if (entry.result === null) unjudged++;
    if (entry.isOutside) outside++;
    const time = runs.timeOf(entry.run);
    first = Math.min(time, first);
    last = Math.max(time, last);
  }
  return {
    "first_time": utcText(first * 1000),
    "last_time": utcText(last * 1000),
    missing,
    failed,
    unjudged,
    outside,
  };
}

function seriesOf(
  { entries, limits, limitsVary, record: { kind } }: Part,
  { entries: table, runs }: Collector,
): MeasurementSeries {
  const isValue = (entry: number) => !Number.isNaN(table.valueOf(entry));
  const present = kind === "string"
    ? new Uint32Array()
    : entries.filter(isValue);
  const standNames: (string | null)[] = [];
  const places = new Map<number, number>();
  const stands = new Uint32Array(present.length);
  const times = new Float64Array(present.length);
  const outside = new Uint8Array(present.length);
  const values = Float64Array.from(present, (index, at) => {
    const { run, value, isOutside } = table.at(index);
    const id = runs.idOf(run, "stand");
    const place = places.get(id) ?? standNames.length;
    if (place === standNames.length) {
      places.set(id, place);
      standNames.push(runs.textOf(run, "stand"));
    }
    stands[at] = place;
    times[at] = runs.timeOf(run) * 1000;
    outside[at] = isOutside ? 1 : 0;
    return value;
  });
  return {
    values,
    stands,
    times,
    standNames,
    limits,
    limitsVary,
    kind,
    outside,
  };
}

function compareEvents(a: MeasurementEvent, b: MeasurementEvent): number {
  return compareCases(a, b) || compareTexts(a.name, b.name) ||
    a.index - b.index || compareTexts(a.unit, b.unit) ||
    compareTexts(a.kind, b.kind) || a.limit_set - b.limit_set;
}
