import type { Collector } from "../collect/collector.ts";
import type { RunOrder } from "./run_order.ts";
import { isDecided, type Unit } from "./units.ts";

/** The runs whose values count. */
export interface SampleRuns {
  /** By number of run: 1 when its values count. */
  readonly marks: Uint8Array;
  readonly count: number;
  /** By number of case: how many of these runs list it. */
  readonly listing: Uint32Array;
}

/** By number of run: 1 for the first attempt of a unit that counts. */
export function firstAttempts(
  { runs }: Collector,
  units: readonly Unit[],
): Uint8Array {
  const marks = new Uint8Array(runs.length);
  for (const unit of units.filter(isDecided)) {
    const [first] = unit.attempts;
    if (first !== undefined) marks[first] = 1;
  }
  return marks;
}

/** The first attempts, or every run with a verdict that fits. */
export function sampleRuns(
  { runs, cases, options }: Collector,
  order: RunOrder,
  first: Uint8Array,
): SampleRuns {
  const marks = new Uint8Array(runs.length);
  const lists = new Uint32Array(cases.lists.length);
  let count = 0;
  for (const run of order.runs) {
    const counts = options.allAttempts
      ? runs.fits(run) && runs.hasVerdict(run)
      : first[run] === 1;
    if (!counts) continue;
    marks[run] = 1;
    count++;
    const list = runs.listOf(run);
    lists[list] = (lists[list] ?? 0) + 1;
  }
  const listing = new Uint32Array(cases.records.length);
  cases.lists.forEach((list, index) => {
    for (const one of list) {
      listing[one] = (listing[one] ?? 0) + (lists[index] ?? 0);
    }
  });
  return { marks, count, listing };
}
