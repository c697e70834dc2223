import type { Finding } from "../../runs/issue.ts";
import type { Clock } from "../../system/clock.ts";
import type { Database } from "../../system/database.ts";
import { DatabaseBusy } from "../../system/database_errors.ts";
import { Batch } from "./batch.ts";
import type { Claims } from "./claims.ts";
import type { Origin } from "./origin.ts";
import { Pauses } from "./pauses.ts";
import { Sequences } from "./sequences.ts";
import type {
  Claim,
  ClaimOptions,
  Entry,
  EntryFacts,
  EntryKey,
  Settlement,
} from "./entry.ts";
import { HistoryView } from "./history.ts";
import { Reports } from "./reports.ts";

/**
 * What this stand has sent, is sending and still has to send; shared by all
 * its processes. Nothing is sent before the claim on it is durable.
 */
export class Ledger implements AsyncDisposable {
  readonly pauses: Pauses;
  readonly sequences: Sequences;
  readonly #database: Database;
  readonly #batch: Batch;
  readonly #claims: Claims;
  readonly #origin: Origin;
  readonly #reports: Reports;
  /** How many claims of this process are not settled. */
  #open = 0;

  constructor(
    database: Database,
    { clock, claims, origin, interrupted }: {
      clock: Clock;
      claims: Claims;
      origin: Origin;
      interrupted: AbortSignal;
    },
  ) {
    this.#database = database;
    this.#batch = new Batch(database, { clock, interrupted });
    this.pauses = new Pauses(database, this.#batch, clock);
    this.sequences = new Sequences(database, this.#batch);
    this.#claims = claims;
    this.#origin = origin;
    this.#reports = new Reports(database, clock);
  }

  /** Makes claims possible, and frees those of processes that died. */
  async begin(): Promise<void> {
    await this.#claims.begin();
    await this.recover();
  }

  /** Frees what died since. */
  recover(): Promise<void> {
    return this.#claims.recover((change) => this.#batch.add(change));
  }

  find(key: EntryKey): Entry | undefined {
    return this.#reports.find(key);
  }

  /** What is known of other stored forms of the same run. */
  otherForms(key: EntryKey & EntryFacts): readonly Entry[] {
    return this.#reports.otherForms(key);
  }

  /** Whether the ledger may know runs by the digest of an earlier version of this program. */
  get hasEntriesOfBefore(): boolean {
    return this.#reports.hasEntriesOfBefore;
  }

  /** Whether the document would be taken for another form of a run that is known. */
  joins(key: EntryKey & EntryFacts): boolean {
    return this.#reports.joins(key);
  }

  /**
   * By what the ledger knows a document. An entry that an earlier version made
   * under one of its former digests is taken over first.
   */
  async knownAs(
    { address, digest, source, formerDigests }: EntryKey & EntryFacts & {
      readonly formerDigests: readonly string[];
    },
  ): Promise<EntryKey> {
    const key = { address, digest };
    const own = this.find(key);
    const isDone = own?.state === "uploaded" && own.source === source;
    if (formerDigests.length === 0 || isDone) return key;
    return await this.#batch.add(() => this.#reports.adopt(key, formerDigests));
  }

  /** By what the ledger knows a document that an earlier version knew by that digest. */
  adopted(key: EntryKey): EntryKey {
    return this.#reports.adopted(key);
  }

  /**
   * The serial numbers of other forms of the run that were sent without an
   * answer. StandCloud may have stored the run under one of them.
   */
  unansweredSerialNumbers(key: EntryKey & EntryFacts): (string | null)[] {
    return this.otherForms(key).filter(({ isUnknown }) => isUnknown)
      .map(({ serialNumber }) => serialNumber);
  }

  /**
   * Which of these runs at StandCloud may be the entry's. The run of another
   * report is not. The run of an earlier upload is not, where the report is sent
   * once more.
   */
  freeOf(
    testRunIds: readonly (string | null)[],
    entry: Entry,
  ): (string | null)[] {
    const before = entry.state === "uploaded" ? entry.testRunId : null;
    return testRunIds.filter((id) =>
      id === null || id !== before && !this.#reports.isTaken(id, entry)
    );
  }

  /**
   * How many other runs StandCloud may have that it tells from this one by
   * nothing, and of which nobody knows which runs they are.
   */
  twinsOf(key: EntryKey): number {
    return this.#reports.twinsOf(key);
  }

  /** The text of a document that may exist nowhere else and is not at StandCloud yet. */
  documentOf(key: EntryKey): string | undefined {
    return new HistoryView(this.#database).documentOf(key);
  }

  /** A ledger that was restored does not know all that was sent. */
  #doubted<K extends EntryKey & EntryFacts>(key: K): K {
    const isDoubtful = this.#origin.mayHaveSent(key) &&
      this.find(key) === undefined;
    return isDoubtful ? { ...key, mayBeStored: true } : key;
  }

  /** Durable when it resolves. */
  async claim(
    key: EntryKey & EntryFacts,
    options: ClaimOptions,
  ): Promise<Claim> {
    const { owner } = this.#claims;
    const [claim, nonce] = await this.#batch.add(() => {
      const made = this.#reports.claim(this.#doubted(key), {
        ...options,
        owner,
      });
      const isMade = made.kind === "claimed";
      return [made, isMade ? this.#origin.note() : undefined] as const;
    });
    if (nonce === undefined) return claim;
    this.#open++;
    this.#origin.show(nonce);
    return claim;
  }

  /** Remembers a report that nothing was tried for; durable when it resolves. */
  keep(
    key: EntryKey & EntryFacts,
    { cause, document }: Pick<ClaimOptions, "document"> & { cause: string },
  ): Promise<Entry> {
    return this.#batch.add(() =>
      this.#reports.keep(this.#doubted(key), { cause, document })
    );
  }

  /**
   * Notes that a rule keeps a document back, and why. Nothing changes for a run
   * that is on its way, refused or uploaded, in this form or in another one.
   *
   * @returns what the ledger knows of the document now; durable when it resolves.
   */
  hold(
    key: EntryKey & EntryFacts,
    found: Pick<ClaimOptions, "document"> & { issues: readonly Finding[] },
  ): Promise<Entry> {
    return this.#batch.add(() => this.#reports.hold(this.#doubted(key), found));
  }

  /**
   * Takes over what became of a report elsewhere, unless it is uploaded or
   * being sent here. Gives what was known of it before.
   */
  record(
    key: EntryKey & EntryFacts,
    settlement: Settlement,
  ): Promise<Entry | undefined> {
    return this.#batch.add(() => this.#reports.record(key, settlement));
  }

  /** Ends a claim. Durable when it resolves. */
  settle(key: EntryKey, settlement: Settlement): Promise<void> {
    const isAlone = --this.#open === 0;
    return this.#batch.add(() => this.#reports.settle(key, settlement), isAlone)
      .catch((error) => {
        this.#open++;
        throw error;
      });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // What cannot be freed is as the claim of a process that died: the next one frees it.
    await this.#claims.end(this.#open === 0).catch((error) => {
      if (!(error instanceof DatabaseBusy)) throw error;
    });
    this.#origin[Symbol.dispose]();
    this.#database[Symbol.dispose]();
  }
}
