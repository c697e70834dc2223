import type { Fields } from "../../runs/values.ts";
import { LEFT_OUT, type LeftOut } from "../events.ts";
import type { RunFilter } from "../filters.ts";
import { casesIn, CaseTable, countCase } from "./case_table.ts";
import { Copies } from "./copies.ts";
import { EntryTable } from "./entry_table.ts";
import { FailureTable } from "./failure_table.ts";
import { isManual, type RunFacts, runFactsOf } from "./run_facts.ts";
import { RunTable } from "./run_table.ts";
import { compareTexts, Texts } from "./texts.ts";

export interface CollectOptions {
  readonly filter: RunFilter;
  /** Count runs of HardPy's manual mode too. */
  readonly manual: boolean;
  readonly allAttempts: boolean;
  /** Keep also what only a table of all values needs. */
  readonly keepsAll: boolean;
}

/** How many documents there are of a sort, and the first of them by name. */
export interface Counted {
  count: number;
  examples: string[];
}

const MOST_EXAMPLES = 5;

/** Takes one document after the other, and keeps of it what the statistics need. */
export class Collector {
  readonly options: CollectOptions;
  readonly texts = new Texts();
  readonly runs = new RunTable(this.texts);
  readonly cases = new CaseTable();
  readonly entries: EntryTable;
  readonly failures = new FailureTable();
  readonly leftOut = Object.fromEntries(
    LEFT_OUT.map((why) => [why, nothing()]),
  ) as Readonly<Record<LeftOut, Counted>>;
  readonly copies = nothing();
  /** By a stand's name: its hardware ids. By part number and process: the names of its plans. */
  readonly hardwareIds = new Map<number, Set<number>>();
  readonly plans = new Map<string, Set<number>>();
  /** Runs that fit and do not name their stand. */
  withoutStandName = 0;
  documents = 0;
  bytes = 0;
  readonly #met = new Copies();

  constructor(options: CollectOptions) {
    this.options = options;
    this.entries = new EntryTable(this.texts, options);
  }

  leaveOut(why: LeftOut, source: string): void {
    this.documents++;
    count(this.leftOut[why], source);
  }

  /** Takes a run document, also one that does not count. */
  add(run: Fields, source: string): void {
    const { options: { filter, manual } } = this;
    const facts = runFactsOf(run);
    if (typeof facts === "string") return this.leaveOut(facts, source);
    if (this.#met.has(run, facts.serialNumber)) {
      this.documents++;
      return count(this.copies, source);
    }
    if (!manual && isManual(run)) return this.leaveOut("manual_mode", source);
    if (filter.fits(facts)) {
      this.documents++;
      return this.#addFitting(run, facts, source);
    }
    // It may still be an attempt of a unit that counts.
    this.leaveOut("filtered", source);
    this.runs.add(facts, { source, fits: false, list: 0 });
  }

  #addFitting(run: Fields, facts: RunFacts, source: string): void {
    const { cases, runs, entries, failures, options } = this;
    const listed = casesIn(run, cases, {
      partNumber: this.texts.idOf(facts.partNumber),
      process: this.texts.idOf(facts.process),
    });
    const list = cases.listOf(listed.map(({ record }) => record.id));
    const id = runs.add(facts, { source, fits: true, list });
    this.#noteNames(facts);
    const isFailure = facts.status === "failed" || facts.status === "error";
    if (isFailure) failures.add(run, facts, { id, cases: listed });
    const isSample = runs.hasVerdict(id) &&
      (options.allAttempts || facts.serialNumber !== null);
    for (const one of listed) {
      countCase(one);
      if (isSample || options.keepsAll) entries.add(one, id);
    }
  }

  #noteNames({ standName, hardwareId, plan, ...facts }: RunFacts): void {
    const { texts } = this;
    const [part, process] = [facts.partNumber, facts.process].map((text) =>
      texts.idOf(text)
    );
    add(this.plans, `${part} ${process}`, texts.idOf(plan));
    if (standName === null) this.withoutStandName++;
    else if (hardwareId !== null) {
      add(this.hardwareIds, texts.idOf(standName), texts.idOf(hardwareId));
    }
  }
}

/** The first few, sorted, so that the order of reading does not matter. */
export function firstTexts(texts: readonly string[]): string[] {
  return texts.toSorted(compareTexts).slice(0, MOST_EXAMPLES);
}

function nothing(): Counted {
  return { count: 0, examples: [] };
}

function count(counted: Counted, source: string): void {
  counted.count++;
  counted.examples = firstTexts([...counted.examples, source]);
}

function add<K>(sets: Map<K, Set<number>>, key: K, member: number): void {
  const known = sets.get(key);
  if (known === undefined) sets.set(key, new Set([member]));
  else known.add(member);
}
