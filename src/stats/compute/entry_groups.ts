import type { Collector } from "../collect/collector.ts";
import type { EntryTable } from "../collect/entry_table.ts";
import type { RunOrder } from "./run_order.ts";
import type { SampleRuns } from "./sample.ts";

/** The entries of one measurement, in the order of runs. */
export interface MeasurementEntries {
  readonly measurement: number;
  readonly entries: Uint32Array;
}

/** Puts the entries of the sample into order, one measurement after the other. */
export function* entriesByMeasurement(
  { entries: table }: Collector,
  { places }: RunOrder,
  { marks }: Pick<SampleRuns, "marks">,
): Generator<MeasurementEntries> {
  const ends = new Uint32Array(table.measurements.length + 1);
  for (let entry = 0; entry < table.length; entry++) {
    if (marks[table.runOf(entry)] !== 1) continue;
    const measurement = table.measurementOf(entry) + 1;
    ends[measurement] = (ends[measurement] ?? 0) + 1;
  }
  for (let at = 1; at < ends.length; at++) {
    ends[at] = (ends[at] ?? 0) + (ends[at - 1] ?? 0);
  }
  const sorted = new Uint32Array(ends.at(-1) ?? 0);
  const filled = ends.slice();
  for (let entry = 0; entry < table.length; entry++) {
    if (marks[table.runOf(entry)] !== 1) continue;
    const measurement = table.measurementOf(entry);
    const at = filled[measurement] ?? 0;
    sorted[at] = entry;
    filled[measurement] = at + 1;
  }
  for (let measurement = 0; measurement + 1 < ends.length; measurement++) {
    const part = sorted.subarray(ends[measurement], ends[measurement + 1]);
    if (part.length === 0) continue;
    yield { measurement, entries: inOrder(part, table, places) };
  }
}

/** In place. */
function inOrder(
  entries: Uint32Array,
  table: EntryTable,
  places: Uint32Array,
): Uint32Array {
  const { length } = entries;
  const keys = new Float64Array(length);
  let isSorted = true;
  for (let at = 0; at < length; at++) {
    const place = places[table.runOf(entries[at] ?? 0)] ?? 0;
    // The place of the run, and behind it where the entry is now.
    keys[at] = place * length + at;
    if (at > 0 && (keys[at] ?? 0) < (keys[at - 1] ?? 0)) isSorted = false;
  }
  if (isSorted) return entries;
  const before = entries.slice();
  keys.sort().forEach((key, at) => {
    entries[at] = before[key % length] ?? 0;
  });
  return entries;
}
