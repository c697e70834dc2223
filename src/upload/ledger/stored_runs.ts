import type { Database } from "../../system/database.ts";
import type { StoredForm } from "../../runs/stored_form.ts";
import { type RunMember, runOf } from "../../runs/one_run.ts";
import {
  type Entry,
  type EntryFacts,
  entryFrom,
  type EntryKey,
} from "./entry.ts";
import * as sql from "./statements.ts";

/** Which entries of the ledger are stored forms of one run. */
export class StoredRuns {
  readonly #database: Database;
  #hasEntriesOfBefore: boolean | undefined;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Whether a program with a ledger of version 4 or less has noted runs here. */
  get hasEntriesOfBefore(): boolean {
    return this.#hasEntriesOfBefore ??=
      this.#database.get(sql.HAS_ENTRIES_OF_BEFORE) !== undefined;
  }

  /**
   * The entries of other stored forms of the same run.
   *
   * @param own what the ledger knows of the document itself.
   */
  othersOf(
    document: EntryKey & EntryFacts,
    own: Entry | undefined,
  ): readonly Entry[] {
    const { form, runKey } = document;
    if (!form || !runKey) return [];
    const candidates = this.#candidates(document);
    const members = candidates.map(memberOf);
    const hasRun = own?.runKey !== undefined && own.runKey !== null;
    const run = hasRun ? own.run : runOf({ ...document, form }, members);
    return candidates.filter((one) => one.run === run);
  }

  #candidates(document: EntryKey & EntryFacts): Entry[] {
    const { address, digest, runKey = null, lookUpKey: key = null } = document;
    const values = { address, digest };
    const rows = this.#database.all(sql.WITH_RUN_KEY, { ...values, runKey });
    const before = this.hasEntriesOfBefore
      ? this.#database.all(sql.OF_BEFORE_WITH_LOOK_UP_KEY, { ...values, key })
      : [];
    return [...rows, ...before].map(entryFrom);
  }

  /** Notes the run of entries of a version before, so that they are found by it from now on. */
  note(others: readonly Entry[], runKey: string | null = null): void {
    for (const { address, digest, run, source, runKey: known } of others) {
      if (known !== null) continue;
      const form = formOfPath(source);
      const values = { address, digest, run, runKey, form };
      this.#database.run(sql.NOTE_RUN, values);
    }
  }

  /** An entry of a version before is the document's from now on. */
  adopt({ address, digest }: EntryKey, former: string): void {
    const values = { address, digest, former };
    this.#database.run(sql.ADOPT, values);
    this.#database.run(sql.DROP_ADOPTED, values);
    this.#database.run(sql.ADOPT_DOCUMENT, values);
  }
}

function memberOf(entry: Entry): RunMember {
  return { ...entry, form: entry.form ?? formOfPath(entry.source) };
}

/** Versions before noted no form, but where the file lies. */
function formOfPath(path: string): StoredForm {
  if (/[\\/]runstore[\\/]\d{13}\.json/i.test(path)) return "history";
  if (/[\\/]runstore[\\/]/i.test(path)) return "record";
  return /[\\/]tempstore[\\/]/i.test(path) ? "tempstore" : "report";
}
