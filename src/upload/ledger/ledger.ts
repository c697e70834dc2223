import type { Clock } from "../../system/clock.ts";
import { type Database, DatabaseBusy } from "../../system/database.ts";
import { Batch } from "./batch.ts";
import type { Claims } from "./claims.ts";
import { Pauses } from "./pauses.ts";
import * as sql from "./statements.ts";
import {
  type Entry,
  type EntryFacts,
  entryFrom,
  type EntryKey,
  factsOf,
  newEntry,
  type OnlyCopy,
} from "./entry.ts";

/** What stands in the way of a claim. */
export type Claim =
  /** This process sends it; `entry` is how it stands now. */
  | { readonly kind: "claimed"; readonly entry: Entry }
  /** Another request is under way, here or in another process. */
  | { readonly kind: "busy" }
  | { readonly kind: "uploaded"; readonly entry: Entry }
  | { readonly kind: "rejected"; readonly entry: Entry };

export interface ClaimOptions {
  /** Also what was uploaded. */
  readonly again: boolean;
  /** Also what was rejected. */
  readonly rejectedToo: boolean;
  /** The document itself, where it exists nowhere else. */
  readonly document?: OnlyCopy | undefined;
}

/** What became of a claim. */
export interface Settlement {
  readonly state: "waiting" | "uploaded" | "rejected";
  /** How many requests the claim has led to. */
  readonly requests: number;
  readonly httpStatus: number | null;
  readonly cause: string | null;
  readonly testRunId: string | null;
  readonly isUnknown: boolean;
  readonly isPossiblyDuplicate: boolean;
  /** What StandCloud asked for. */
  readonly nextTryAt: Date | null;
}

/**
 * What this stand has sent, is sending and still has to send; shared by all
 * its processes. Nothing is sent before the claim on it is durable.
 */
export class Ledger implements AsyncDisposable {
  readonly pauses: Pauses;
  readonly #database: Database;
  readonly #batch: Batch;
  readonly #clock: Clock;
  readonly #claims: Claims;
  /** How many claims of this process are not settled. */
  #open = 0;

  constructor(
    database: Database,
    { clock, claims, interrupted }: {
      clock: Clock;
      claims: Claims;
      interrupted: AbortSignal;
    },
  ) {
    this.#database = database;
    this.#batch = new Batch(database, { clock, interrupted });
    this.pauses = new Pauses(database, this.#batch, clock);
    this.#clock = clock;
    this.#claims = claims;
  }

  /** Makes claims possible, and frees those of processes that died. */
  async begin(): Promise<void> {
    await this.#claims.begin();
    await this.#claims.recover();
  }

  /** Frees what died since. */
  recover(): Promise<void> {
    return this.#claims.recover();
  }

  find({ address, digest }: EntryKey): Entry | undefined {
    const row = this.#database.get(sql.FIND, { address, digest });
    return row && entryFrom(row);
  }

  /** Durable when it resolves. */
  async claim(
    key: EntryKey & EntryFacts,
    options: ClaimOptions,
  ): Promise<Claim> {
    const claim = await this.#batch.add(() => this.#claimNow(key, options));
    if (claim.kind === "claimed") this.#open++;
    return claim;
  }

  #claimNow(
    key: EntryKey & EntryFacts,
    { again, rejectedToo, document }: ClaimOptions,
  ): Claim {
    const entry = this.find(key);
    if (entry?.state === "sending") return { kind: "busy" };
    if (entry?.state === "uploaded" && !again) {
      return { kind: "uploaded", entry };
    }
    if (entry?.state === "rejected" && !rejectedToo) {
      return { kind: "rejected", entry };
    }
    const { owner } = this.#claims;
    this.#database.run(sql.CLAIM, { ...factsOf(key), owner, now: this.#now() });
    this.#keepDocument(key, document);
    return {
      kind: "claimed",
      entry: entry ?? newEntry(key, this.#clock.now()),
    };
  }

  #keepDocument(
    { address, digest }: EntryKey,
    document: OnlyCopy | undefined,
  ): void {
    if (document === undefined) return;
    const { wire, run } = document;
    this.#database.run(sql.KEEP_DOCUMENT, { address, digest, wire, run });
    if (run === null) return;
    this.#database.run(sql.SUPERSEDE, { address, digest, run });
    this.#database.run(sql.DROP_SUPERSEDED, { address, run });
  }

  /** Remembers a report that nothing was tried for; durable when it resolves. */
  keep(
    key: EntryKey & EntryFacts,
    { cause, document }: Pick<ClaimOptions, "document"> & { cause: string },
  ): Promise<Entry> {
    return this.#batch.add(() => {
      const entry = this.find(key);
      if (entry?.state === "sending") return entry;
      this.#keepNow(key, cause);
      if (entry?.state !== "uploaded") this.#keepDocument(key, document);
      return this.find(key) ?? newEntry(key, this.#clock.now());
    });
  }

  #keepNow(key: EntryKey & EntryFacts, cause: string | null): void {
    const now = this.#now();
    this.#database.run(sql.KEEP, { ...factsOf(key), cause, now });
  }

  /**
   * Takes over what became of a report elsewhere, unless it is uploaded or
   * being sent here. Gives what was known of it before.
   */
  record(
    key: EntryKey & EntryFacts,
    settlement: Settlement,
  ): Promise<Entry | undefined> {
    return this.#batch.add(() => {
      const before = this.find(key);
      if (before?.state === "sending" || before?.state === "uploaded") {
        return before;
      }
      this.#keepNow(key, settlement.cause);
      this.#settleNow(key, settlement);
      return before;
    });
  }

  /** Durable when it resolves. */
  settle(key: EntryKey, settlement: Settlement): Promise<void> {
    const isAlone = --this.#open === 0;
    return this.#batch.add(() => this.#settleNow(key, settlement), isAlone)
      .catch((error) => {
        this.#open++;
        throw error;
      });
  }

  #settleNow({ address, digest }: EntryKey, settlement: Settlement): void {
    const { state, httpStatus, cause, testRunId, nextTryAt } = settlement;
    this.#database.run(sql.SETTLE, {
      address,
      digest,
      state,
      sent: settlement.requests,
      status: httpStatus,
      cause,
      run: testRunId,
      unknown: settlement.isUnknown ? 1 : 0,
      duplicate: settlement.isPossiblyDuplicate ? 1 : 0,
      next: nextTryAt?.getTime() ?? null,
      now: this.#now(),
    });
    if (state === "waiting") {
      this.#database.run(sql.GIVE_WAY, { address, digest });
    } else if (state === "uploaded") {
      this.#database.run(sql.DROP_DOCUMENT, { address, digest });
    }
  }

  /** Whether another report is known to be that run. */
  isTaken(testRunId: string, { address, digest }: EntryKey): boolean {
    const values = { run: testRunId, address, digest };
    return this.#database.get(sql.IS_TAKEN, values) !== undefined;
  }

  /**
   * How many other reports StandCloud may have that it tells from this one by
   * nothing, and of which nobody knows which runs they are.
   */
  twinsOf({ address, digest }: EntryKey): number {
    return Number(
      this.#database.get(sql.TWINS, { address, digest })?.["twins"],
    );
  }

  /** The text of a document that may exist nowhere else and is not at StandCloud yet. */
  documentOf({ address, digest }: EntryKey): string | undefined {
    const row = this.#database.get(sql.DOCUMENT, { address, digest });
    return row?.["wire"] as string | undefined;
  }

  #now(): number {
    return this.#clock.now().getTime();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // What cannot be freed is as the claim of a process that died: the next one frees it.
    await this.#claims.end(this.#open === 0).catch((error) => {
      if (!(error instanceof DatabaseBusy)) throw error;
    });
    this.#database[Symbol.dispose]();
  }
}
