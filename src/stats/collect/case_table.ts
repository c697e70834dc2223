import { RUN_STATUSES } from "../events.ts";
import { type Fields, fieldsOf } from "../../runs/values.ts";
import type { SeenEntry } from "./seen_entries.ts";
import { finiteNumber } from "./run_facts.ts";

/** A part number in a process, by the numbers of their texts. */
export interface PartProcess {
  readonly partNumber: number;
  readonly process: number;
}

/** One case of a part number in a process, and what was counted of it. */
export interface CaseRecord {
  readonly id: number;
  readonly part: PartProcess;
  readonly module: string;
  readonly name: string;
  runs: number;
  /** By status, in the order of `RUN_STATUSES`. */
  readonly statuses: number[];
  retried: number;
  attemptsMax: number;
  /** How often each duration in seconds occurred. */
  readonly durations: Map<number, number>;
  /** The measurements of the last run, by their places. */
  seen: SeenEntry[];
  /** The numbers of its measurements. */
  readonly measurements: Map<string, number>;
}

/** The cases of all runs that fit. */
export class CaseTable {
  readonly records: CaseRecord[] = [];
  readonly #ids = new Map<string, Map<string, Map<string, number>>>();
  readonly #lists = new Map<string, number>([["", 0]]);
  /** By number of list: the cases that a run lists. */
  readonly lists: (readonly number[])[] = [[]];

  record(part: PartProcess, module: string, name: string): CaseRecord {
    const modules = of(this.#ids, `${part.partNumber} ${part.process}`);
    const cases = of(modules, module);
    const known = this.records[cases.get(name) ?? -1];
    if (known !== undefined) return known;
    const record: CaseRecord = {
      id: this.records.length,
      part,
      module,
      name,
      runs: 0,
      statuses: RUN_STATUSES.map(() => 0),
      retried: 0,
      attemptsMax: 0,
      durations: new Map(),
      seen: [],
      measurements: new Map(),
    };
    cases.set(name, record.id);
    this.records.push(record);
    return record;
  }

  /** The number of a list of cases: most runs of a plan list the same. */
  listOf(cases: readonly number[]): number {
    const key = cases.join();
    const known = this.#lists.get(key);
    if (known !== undefined) return known;
    this.#lists.set(key, this.lists.length);
    this.lists.push(cases);
    return this.lists.length - 1;
  }
}

function of<K, L, V>(maps: Map<K, Map<L, V>>, key: K): Map<L, V> {
  const known = maps.get(key);
  if (known !== undefined) return known;
  const map = new Map<L, V>();
  maps.set(key, map);
  return map;
}

export interface ListedCase {
  readonly record: CaseRecord;
  readonly fields: Fields;
}

/** The cases of a run, in the order of the document. */
export function casesIn(
  run: Fields,
  table: CaseTable,
  part: PartProcess,
): ListedCase[] {
  const listed: ListedCase[] = [];
  for (const [module, value] of Object.entries(fieldsOf(run["modules"]))) {
    const cases = fieldsOf(fieldsOf(value)["cases"]);
    for (const [name, one] of Object.entries(cases)) {
      const record = table.record(part, module, name);
      listed.push({ record, fields: fieldsOf(one) });
    }
  }
  return listed;
}

/** Counts one execution of a case. */
export function countCase({ record, fields }: ListedCase): void {
  record.runs++;
  const status = RUN_STATUSES.findIndex((one) => one === fields["status"]);
  if (status !== -1) record.statuses[status] = count(record.statuses[status]);
  const attempt = finiteNumber(fields["attempt"]) ?? 0;
  if (attempt > 1) record.retried++;
  if (attempt > record.attemptsMax) record.attemptsMax = attempt;
  const start = finiteNumber(fields["start_time"]);
  const stop = finiteNumber(fields["stop_time"]);
  if (start === null || stop === null || stop < start) return;
  const { durations } = record;
  durations.set(stop - start, count(durations.get(stop - start)));
}

function count(before: number | undefined): number {
  return (before ?? 0) + 1;
}
