import type { Collector } from "../collect/collector.ts";
import type { EntryTable } from "../collect/entry_table.ts";
import type { Limits } from "../figures.ts";
import { utcText } from "../times.ts";
import type { RunOrder } from "../compute/run_order.ts";
import type { Unit } from "../compute/units.ts";
import { type Cell, csvLine } from "./csv_line.ts";

const COLUMNS = [
  "source",
  "serial_number",
  "part_number",
  "process",
  "stand",
  "batch",
  "operator",
  "start_time",
  "run_status",
  "unit_attempt",
  "module",
  "case",
  "case_status",
  "case_attempt",
  "name",
  "index",
  "unit",
  "kind",
  "operation",
  "lower",
  "upper",
  "comparison",
  "value",
  "result",
];

interface Input {
  readonly order: RunOrder;
  readonly units: readonly Unit[];
}

/** A header, and a line for each value of every run that fits, run by run. */
export function* measurementsCsv(
  collector: Collector,
  { order, units }: Input,
): Generator<string> {
  yield csvLine(COLUMNS);
  const { entries, runs } = collector;
  const attempts = attemptNumbers(runs.length, units);
  const byRun = entriesByRun(entries, runs.length);
  const limits = new Map<number, Limits>();
  for (const run of order.runs) {
    if (!runs.fits(run)) continue;
    const start = runCells(collector, run, attempts[run] ?? 0);
    for (const entry of byRun(run)) {
      if (Number.isNaN(entries.valueOf(entry))) continue;
      yield csvLine([...start, ...entryCells(collector, entry, limits)]);
    }
  }
}

function attemptNumbers(
  runs: number,
  units: readonly Unit[],
): Uint32Array {
  const numbers = new Uint32Array(runs);
  for (const { attempts } of units) {
    attempts.forEach((run, at) => {
      numbers[run] = at + 1;
    });
  }
  return numbers;
}

/** They were read run by run. */
function entriesByRun(
  entries: EntryTable,
  runs: number,
): (run: number) => Iterable<number> {
  const starts = new Uint32Array(runs + 1);
  for (let entry = 0; entry < entries.length; entry++) {
    const next = entries.runOf(entry) + 1;
    starts[next] = (starts[next] ?? 0) + 1;
  }
  for (let run = 0; run < runs; run++) {
    starts[run + 1] = (starts[run + 1] ?? 0) + (starts[run] ?? 0);
  }
  return function* (run) {
    const end = starts[run + 1] ?? 0;
    for (let entry = starts[run] ?? 0; entry < end; entry++) yield entry;
  };
}

function runCells(
  { runs }: Collector,
  run: number,
  attempt: number,
): Cell[] {
  const start = runs.startOf(run);
  return [
    runs.sourceOf(run),
    runs.textOf(run, "serialNumber"),
    runs.textOf(run, "partNumber"),
    runs.textOf(run, "process"),
    runs.textOf(run, "stand"),
    runs.textOf(run, "batch"),
    runs.textOf(run, "operator"),
    Number.isNaN(start) ? null : utcText(start * 1000),
    runs.statusOf(run),
    attempt === 0 ? null : attempt,
  ];
}

/** The limits of the last so many sets are at hand: most runs have the same. */
const MOST_SETS = 10_000;

function entryCells(
  { entries, texts }: Collector,
  index: number,
  known: Map<number, Limits>,
): Cell[] {
  const { set, value, result } = entries.at(index);
  const record = entries.measurements[entries.sets.measurementOf(set)];
  if (record === undefined) return [];
  const limits = known.get(set) ?? entries.limitsOf(set);
  if (known.size >= MOST_SETS) known.clear();
  known.set(set, limits);
  const { status, attempt } = entries.caseStateOf(index);
  return [
    record.case.module,
    record.case.name,
    status,
    attempt,
    record.name,
    record.index,
    record.unit,
    record.kind,
    limits.operation,
    limits.lower,
    limits.upper,
    limits.comparison,
    record.kind === "string" ? texts.textOf(value) : value,
    result,
  ];
}
