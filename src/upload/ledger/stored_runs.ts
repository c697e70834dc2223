import type { Database } from "../../system/database.ts";
import { formOfPath, type StoredForm } from "../../runs/stored_form.ts";
import { isFuller, type RunMember, runOf } from "../../runs/one_run.ts";
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
   * @param find gives what the ledger knows of the document itself.
   */
  othersOf(
    document: EntryKey & EntryFacts,
    find: () => Entry | undefined,
  ): readonly Entry[] {
    const { form, runKey } = document;
    if (!form || !runKey) return [];
    const candidates = this.#candidates(document);
    if (candidates.length === 0) return [];
    const own = find();
    const members = candidates.flatMap((one) => this.#membersOf(one));
    const hasRun = own?.runKey !== undefined && own.runKey !== null;
    const run = hasRun
      ? own.run
      : runOf({ ...document, form, place: placeOf(document) }, members);
    return candidates.filter((one) => one.run === run);
  }

  #candidates(document: EntryKey & EntryFacts): Entry[] {
    const { address, digest, runKey = null, lookUpRange } = document;
    const serial = document.serialNumber?.trim();
    const values = { address, digest };
    const rows = serial
      ? this.#database.all(sql.WITH_RUN_KEY_AND_SERIAL, {
        ...values,
        runKey,
        serial,
      })
      : this.#database.all(sql.WITH_RUN_KEY, { ...values, runKey });
    const before = lookUpRange !== undefined && this.hasEntriesOfBefore
      ? this.#database.all(sql.OF_BEFORE_IN_LOOK_UP_RANGE, {
        ...values,
        ...lookUpRange,
      })
      : [];
    return [...rows, ...before].map(entryFrom);
  }

  /** An entry, once for each form and place in which its content is stored. */
  #membersOf(entry: Entry): RunMember[] {
    const { address, digest, form, source } = entry;
    const others = this.#database.all(sql.OTHER_PLACES, { address, digest })
      .map((row) => ({
        ...entry,
        form: row["form"] as StoredForm,
        place: String(row["place"]),
      }));
    const first = { form: form ?? formOfPath(source), place: placeOf(entry) };
    return [{ ...entry, ...first }, ...others];
  }

  /** Notes that the content of an entry is stored in this form and place too. */
  notePlace(document: EntryKey & EntryFacts, entry: Entry): void {
    const { address, digest, form } = document;
    const place = placeOf(document);
    if (!form || form === entry.form && place === placeOf(entry)) return;
    this.#database.run(sql.NOTE_PLACE, { address, digest, form, place });
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

  /**
   * An entry of a version before is the document's from now on. Two forms that
   * were two entries then may be one now: what is uploaded counts, whatever
   * became of the other forms.
   */
  adopt(
    { address, digest }: EntryKey,
    formerDigests: readonly string[],
    find: (key: EntryKey) => Entry | undefined,
  ): EntryKey {
    const isUploaded = (one: string) =>
      find({ address, digest: one })?.state === "uploaded";
    const uploaded = formerDigests.filter(isUploaded);
    for (const former of [...uploaded, ...formerDigests]) {
      const values = { address, digest, former };
      this.#database.run(sql.ADOPT, values);
      this.#database.run(sql.DROP_ADOPTED, values);
      this.#database.run(sql.ADOPT_DOCUMENT, values);
    }
    const known = [digest, ...formerDigests].find(isUploaded);
    return { address, digest: known ?? digest };
  }

  /** Whether the document would be taken for another form of a run that is known. */
  joins(
    document: EntryKey & EntryFacts,
    find: () => Entry | undefined,
  ): boolean {
    const others = this.othersOf(document, find);
    if (others.length === 0 || find()?.runKey) return false;
    // A later state of HardPy's record is of the same run as the one that was sent.
    const isLaterState = document.place &&
      others.some(({ place, state }) =>
        state === "uploaded" && place === document.place
      );
    return !isLaterState && others.some(({ state }) => state !== "rejected");
  }
}

function placeOf(
  { place, source }: Pick<EntryFacts, "place" | "source">,
): string {
  return place ?? source;
}

/** A lesser form does not take the place of a fuller one that was refused. */
export function isFullerAndRefused(
  other: Entry,
  { form }: EntryFacts,
): boolean {
  return other.state === "rejected" && !!other.form && !!form &&
    isFuller(other.form, form);
}
