import { elementsOf, type Fields, fieldsOf } from "../../runs/values.ts";
import type { Limits, MeasurementKind } from "../figures.ts";
import { isOutside } from "../limits.ts";
import type { CaseRecord, ListedCase } from "./case_table.ts";
import { Column } from "./column.ts";
import { LimitSets } from "./limit_sets.ts";
import { finiteNumber } from "./run_facts.ts";
import { isAsSeen, kindOf, type SeenEntry, seenEntry } from "./seen_entries.ts";
import { cleanText, type Texts } from "./texts.ts";

/** What makes a measurement one: all but its limits. */
export interface MeasurementRecord {
  readonly case: CaseRecord;
  readonly name: string | null;
  /** Tells entries of one name, unit and kind within a case apart; from 1. */
  readonly index: number;
  readonly unit: string | null;
  readonly kind: MeasurementKind;
}

/** One entry of a run's `measurements`. */
export interface Entry {
  readonly run: number;
  /** NaN when missing. Of a text: 1, or its number where texts are kept. */
  readonly value: number;
  readonly set: number;
  /** Null: no result. */
  readonly result: boolean | null;
  readonly isOutside: boolean;
}

/** With names that differ from run to run there is no end of measurements. */
export const MOST_MEASUREMENTS = 100_000;

const RESULTS = [null, false, true] as const;
const OUTSIDE = 4;
const FLAGS = 8;

/** The measurements of all runs that fit: 16 bytes for each value. */
export class EntryTable {
  readonly sets = new LimitSets();
  readonly measurements: MeasurementRecord[] = [];
  /** Entries of further measurements, which are left out. */
  leftOut = 0;
  readonly #texts: Texts;
  readonly #keepsAll: boolean;
  readonly #values = new Column(Float64Array);
  readonly #runs = new Column(Uint32Array);
  readonly #marks = new Column(Uint32Array);
  readonly #caseStatuses = new Column(Uint32Array);
  readonly #caseAttempts = new Column(Float64Array);

  /** @param options.keepsAll also what only a table of all values needs: texts, states of the cases. */
  constructor(texts: Texts, { keepsAll }: { keepsAll: boolean }) {
    this.#texts = texts;
    this.#keepsAll = keepsAll;
  }

  get length(): number {
    return this.#runs.length;
  }

  add({ record, fields }: ListedCase, run: number): void {
    const entries = elementsOf(fields["measurements"]).map(fieldsOf);
    if (entries.length === 0) return;
    if (!areAsSeen(entries, record.seen)) this.#look(record, entries);
    for (const [place, entry] of entries.entries()) {
      const seen = record.seen[place];
      if (seen === undefined || seen.set === NONE) {
        this.leftOut++;
        continue;
      }
      this.#push(entry, seen, run);
      if (this.#keepsAll) this.#pushCase(fields);
    }
  }

  runOf(entry: number): number {
    return this.#runs.at(entry);
  }

  valueOf(entry: number): number {
    return this.#values.at(entry);
  }

  setOf(entry: number): number {
    return Math.floor(this.#marks.at(entry) / FLAGS);
  }

  measurementOf(entry: number): number {
    return this.sets.measurementOf(this.setOf(entry));
  }

  at(entry: number): Entry {
    const marks = this.#marks.at(entry);
    return {
      run: this.runOf(entry),
      value: this.valueOf(entry),
      set: this.setOf(entry),
      result: RESULTS[marks % OUTSIDE] ?? null,
      isOutside: marks % FLAGS >= OUTSIDE,
    };
  }

  /** Only where all is kept. */
  caseStateOf(entry: number): { status: string | null; attempt: number } {
    return {
      status: this.#texts.textOf(this.#caseStatuses.at(entry)),
      attempt: this.#caseAttempts.at(entry),
    };
  }

  limitsOf(set: number): Limits {
    const { measurement, operation, ...limits } = this.sets.at(set);
    const isText = this.measurements[measurement]?.kind === "string";
    const { comparison } = limits;
    return {
      operation: this.#texts.textOf(operation),
      lower: numberOrNull(limits.lower),
      upper: numberOrNull(limits.upper),
      comparison: isText
        ? this.#texts.textOf(comparison)
        : numberOrNull(comparison),
    };
  }

  #push(entry: Fields, { kind, limits, set }: SeenEntry, run: number): void {
    const value = this.#valueOf(entry);
    const breaks = kind === "numeric" && !Number.isNaN(value) &&
      isOutside(value, limits);
    const result = RESULTS.findIndex((one) => one === entry["result"]);
    this.#values.push(value);
    this.#runs.push(run);
    this.#marks.push(
      set * FLAGS + (breaks ? OUTSIDE : 0) + Math.max(0, result),
    );
  }

  #valueOf({ value }: Fields): number {
    if (typeof value !== "string") return finiteNumber(value) ?? NaN;
    return this.#keepsAll ? this.#texts.idOf(value) : 1;
  }

  #pushCase({ status, attempt }: Fields): void {
    this.#caseStatuses.push(this.#texts.idOf(cleanText(status)));
    this.#caseAttempts.push(finiteNumber(attempt) ?? 0);
  }

  /** Finds the limit sets of a case whose measurements are not those of the last run. */
  #look(record: CaseRecord, entries: readonly Fields[]): void {
    const counts = new Map<string, number>();
    record.seen = entries.map((entry) => {
      const kind = kindOf(entry);
      const name = cleanText(entry["name"]);
      const unit = cleanText(entry["unit"]);
      const key = `${kind}\0${name ?? ""}\0${unit ?? ""}`;
      const index = (counts.get(key) ?? 0) + 1;
      counts.set(key, index);
      const measurement = this.#measurement(`${index}\0${key}`, {
        case: record,
        name,
        index,
        unit,
        kind,
      });
      const limits = limitsIn(entry);
      const set = measurement === undefined
        ? NONE
        : this.#setOf(measurement, limits);
      return seenEntry(entry, limits, set);
    });
  }

  #measurement(key: string, record: MeasurementRecord): number | undefined {
    const known = record.case.measurements.get(key);
    if (known !== undefined) return known;
    const id = this.measurements.length;
    if (id === MOST_MEASUREMENTS) return undefined;
    record.case.measurements.set(key, id);
    this.measurements.push(record);
    return id;
  }

  #setOf(measurement: number, limits: Limits): number {
    const { operation, lower, upper, comparison } = limits;
    return this.sets.idOf({
      measurement,
      operation: this.#texts.idOf(operation),
      lower: lower ?? NaN,
      upper: upper ?? NaN,
      comparison: this.measurements[measurement]?.kind === "string"
        ? this.#texts.idOf(typeof comparison === "string" ? comparison : null)
        : typeof comparison === "number"
        ? comparison
        : NaN,
    });
  }
}

/** Whether a case has the measurements of the last run, or the first few of them. */
function areAsSeen(
  entries: readonly Fields[],
  seen: readonly SeenEntry[],
): boolean {
  return entries.length <= seen.length && entries.every((entry, place) => {
    const last = seen[place];
    return last !== undefined && isAsSeen(entry, last);
  });
}

/** A set that has no number, since its measurement is left out. */
const NONE = -1;

function limitsIn(entry: Fields): Limits {
  const { comparison_value: comparison } = entry;
  return {
    operation: cleanText(entry["operation"]),
    lower: plainNumber(entry["lower_limit"]),
    upper: plainNumber(entry["upper_limit"]),
    comparison: typeof comparison === "string"
      ? comparison
      : plainNumber(comparison),
  };
}

/** -0 is 0. */
function plainNumber(value: unknown): number | null {
  const number = finiteNumber(value);
  return number === null ? null : number + 0;
}

function numberOrNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
