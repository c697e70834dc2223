import type { Finding } from "../../runs/issue.ts";
import type { Clock } from "../../system/clock.ts";
import type { Database } from "../../system/database.ts";
import {
  type Claim,
  type ClaimOptions,
  type Entry,
  type EntryFacts,
  entryFrom,
  type EntryKey,
  factsOf,
  isDone,
  newEntry,
  type OnlyCopy,
  type Settlement,
} from "./entry.ts";
import { settleOthers } from "./settle_others.ts";
import * as sql from "./statements.ts";
import { issuesText } from "./stored_issues.ts";
import { isFullerAndRefused, StoredRuns } from "./stored_runs.ts";

type Key = EntryKey & EntryFacts;

/** What the ledger knows of a document, and of other forms of its run. */
type Known = { own?: Entry | undefined; others: readonly Entry[] };

/**
 * The entries of the ledger. Each change is part of a transaction, which the
 * caller has opened.
 */
export class Reports {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #runs: StoredRuns;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
    this.#runs = new StoredRuns(database);
  }

  find({ address, digest }: EntryKey): Entry | undefined {
    const row = this.#database.get(sql.FIND, { address, digest });
    return row && entryFrom(row);
  }

  /** What is known of other stored forms of the same run. */
  otherForms(key: Key): readonly Entry[] {
    return this.#runs.othersOf(key, () => this.find(key));
  }

  /** Also notes the run of an entry that knows none: from a receipt, or of an earlier version. */
  #findWithRun(key: Key): Entry | undefined {
    const entry = this.find(key);
    if (entry !== undefined) this.#runs.notePlace(key, entry);
    if (!entry || entry.runKey !== null || !key.runKey) return entry;
    const { address, digest, runKey, form = null } = key;
    const [other] = this.#runs.othersOf(key, () => undefined);
    const run = other?.run ?? digest;
    this.#database.run(sql.NOTE_RUN, { address, digest, run, runKey, form });
    return this.find(key);
  }

  /** @param owner whose claim it is. */
  claim(
    key: Key,
    { again, rejectedToo, document, owner }: ClaimOptions & { owner: string },
  ): Claim {
    const entry = this.#findWithRun(key);
    if (entry?.state === "sending") return { kind: "busy" };
    if (entry && isDone(entry) && !again) return { kind: "uploaded", entry };
    const others = this.#runs.othersOf(key, () => entry);
    if (!again && this.#join(key, others)) {
      return { kind: "uploaded", entry: this.#known(key) };
    }
    if (entry?.state === "rejected" && !rejectedToo) {
      return { kind: "rejected", entry };
    }
    if (others.some(({ state }) => state === "sending")) {
      return { kind: "busy" };
    }
    const refused = others.find((other) => isFullerAndRefused(other, key));
    if (refused !== undefined && !rejectedToo) {
      return { kind: "rejected", entry: refused };
    }
    const isUnknown = entry?.isUnknown || key.mayBeStored ||
      others.some(({ state, isUnknown }) => state === "waiting" && isUnknown);
    const facts = { ...key, mayBeStored: isUnknown };
    const values = this.#valuesOf(facts, { own: entry, others });
    this.#database.run(sql.CLAIM, { ...values, owner });
    this.#keepDocument(key, document);
    const known = entry ?? newEntry(key, this.#clock.now());
    return { kind: "claimed", entry: { ...known, isUnknown: !!isUnknown } };
  }

  /** False unless another form of the run is uploaded: then this one is, too. */
  #join(key: Key, others: readonly Entry[]): boolean {
    const done = others.find(({ state }) => state === "uploaded");
    if (!done) return false;
    this.#keepNow(key, null, { others });
    this.settle(key, { ...done, state: "uploaded", requests: 0 });
    return true;
  }

  #known(key: Key): Entry {
    return this.find(key) ?? newEntry(key, this.#clock.now());
  }

  #valuesOf(key: Key, { others, own }: Known): ReturnType<typeof factsOf> {
    this.#runs.note(others, key.runKey);
    const [other] = others;
    const memberOf = other?.run ?? own?.run ?? key.digest;
    return { ...factsOf(key), now: this.#now(), memberOf };
  }

  #keepDocument(
    { address, digest, serialNumber: serial }: Key,
    document: OnlyCopy | undefined,
    state: "waiting" | "held" = "waiting",
  ): void {
    if (document === undefined) return;
    const { wire, run } = document;
    this.#database.run(sql.KEEP_DOCUMENT, { address, digest, wire, run });
    if (run === null) return;
    this.#database.run(sql.SUPERSEDE, { address, digest, run, serial, state });
    this.#database.run(sql.DROP_SUPERSEDED, { address, run });
  }

  /** Remembers a report that nothing was tried for. */
  keep(
    key: Key,
    { cause, document }: Pick<ClaimOptions, "document"> & { cause: string },
  ): Entry {
    const entry = this.#findWithRun(key);
    if (entry?.state === "sending") return entry;
    const others = this.#runs.othersOf(key, () => entry);
    if (entry?.state !== "uploaded" && !this.#join(key, others)) {
      this.#keepNow(key, cause, { own: entry, others });
      this.#keepDocument(key, document);
    }
    return this.#known(key);
  }

  /**
   * Notes that a rule keeps a document back, unless it is on its way, refused,
   * or a form of a run that is uploaded. Gives what is known of it then.
   */
  hold(
    key: Key,
    { issues, document }: Pick<ClaimOptions, "document"> & {
      issues: readonly Finding[];
    },
  ): Entry {
    const entry = this.#findWithRun(key);
    if (entry && (entry.state === "sending" || isDone(entry))) return entry;
    const others = this.#runs.othersOf(key, () => entry);
    if (!this.#join(key, others)) {
      const facts = this.#valuesOf(key, { own: entry, others });
      const { filled: _filled, ...known } = facts;
      this.#database.run(sql.HOLD, { ...known, issues: issuesText(issues) });
      this.#keepDocument(key, document, "held");
    }
    return this.#known(key);
  }

  /**
   * Takes over what became of a report elsewhere, unless it is uploaded or
   * being sent here. Gives what was known of it before.
   */
  record(
    key: Key,
    settlement: Settlement,
  ): Entry | undefined {
    const before = this.find(key);
    if (before && ["sending", "uploaded"].includes(before.state)) return before;
    // A receipt without the run's key may have the digest of an earlier version.
    const digestVersion = key.runKey ? 2 : 1;
    const others = this.#runs.othersOf(key, () => before);
    const known = { own: before, others };
    this.#keepNow({ ...key, digestVersion }, settlement.cause, known);
    this.settle(key, settlement);
    return before;
  }

  #keepNow(key: Key, cause: string | null, known: Known): void {
    this.#database.run(sql.KEEP, { ...this.#valuesOf(key, known), cause });
  }

  settle({ address, digest }: EntryKey, settlement: Settlement): void {
    const { state, httpStatus, cause, testRunId, nextTryAt } = settlement;
    const row = this.#database.get(sql.SETTLE, {
      address,
      digest,
      state,
      sent: settlement.requests,
      status: httpStatus,
      cause,
      run: testRunId,
      unknown: settlement.isUnknown ? 1 : 0,
      duplicate: settlement.isPossiblyDuplicate ? 1 : 0,
      issues: issuesText(settlement.issues ?? []),
      next: nextTryAt?.getTime() ?? null,
      now: this.#now(),
    });
    if (state === "waiting") {
      this.#database.run(sql.GIVE_WAY, { address, digest });
    } else if (state === "uploaded" && row !== undefined) {
      const found = { status: httpStatus, run: testRunId, now: this.#now() };
      settleOthers(this.#database, entryFrom(row), found);
    }
  }

  /** Whether an earlier version of this program has noted runs here. */
  get hasEntriesOfBefore(): boolean {
    return this.#runs.hasEntriesOfBefore;
  }

  /** By what a document is known now that an earlier version knew by that digest. */
  adopted({ address, digest }: EntryKey): EntryKey {
    const row = this.#database.get(sql.ADOPTED, { address, digest });
    return { address, digest: String(row?.["digest"] ?? digest) };
  }

  adopt(key: EntryKey, formerDigests: readonly string[]): EntryKey {
    return this.#runs.adopt(key, formerDigests, (one) => this.find(one));
  }

  joins(key: Key): boolean {
    return this.#runs.joins(key, () => this.find(key));
  }

  isTaken(testRunId: string, { address, digest }: EntryKey): boolean {
    const key = { run: testRunId, address, digest };
    return this.#database.get(sql.IS_TAKEN, key) !== undefined;
  }

  twinsOf({ address, digest }: EntryKey): number {
    return Number(
      this.#database.get(sql.TWINS, { address, digest })?.["twins"],
    );
  }

  #now(): number {
    return this.#clock.now().getTime();
  }
}
