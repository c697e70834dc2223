import type { Clock } from "../../system/clock.ts";
import type { Database } from "../../system/database.ts";
import { DatabaseDamage } from "../../system/database_errors.ts";
import { type MarkFile, openMark, readMark } from "../../system/known_mark.ts";
import type { EntryFacts } from "./entry.ts";

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const KEPT = 1000;

/** For clocks that differ, such as that of the stand from now and then. */
const GRACE_MILLISECONDS = 24 * 3600 * 1000;

const KNOWN = "SELECT birth FROM origins WHERE nonce = $nonce";
const NOTE = "INSERT INTO origins (nonce, birth) VALUES ($nonce, $birth)";
const FORGET = `DELETE FROM origins WHERE rowid <=
  (SELECT max(rowid) FROM origins) - ${KEPT}`;
const RESTORED = "INSERT INTO restored (until) VALUES ($until)";
const DOUBT = `UPDATE reports SET is_unknown = 1
  WHERE state NOT IN ('uploaded', 'superseded')`;
const ANY = "SELECT 1 FROM reports LIMIT 1";
const UNTIL = "SELECT max(until) AS until FROM restored";

/**
 * Tells a ledger that was restored from a backup, and lacks what was sent since.
 * Each claim notes a new random word in the ledger, and then in a file beside
 * it. When the file holds a word that the ledger does not know, the ledger is
 * an older one. When the file is another one than the ledger knows, both were
 * copied together.
 */
export class Origin implements Disposable {
  readonly #database: Database;
  readonly #path: string | undefined;
  readonly #clock: Clock;
  #file: MarkFile | undefined;
  #birth: number | null = null;
  #until: number | undefined;

  /** @param options.path of the file; undefined for a ledger that ends with the process. */
  constructor(
    database: Database,
    { path, clock }: { path: string | undefined; clock: Clock },
  ) {
    this.#database = database;
    this.#path = path;
    this.#clock = clock;
  }

  /** Whether the ledger has just turned out to be an older one; only for the holder of its lock. */
  async check(): Promise<boolean> {
    if (this.#path === undefined) return false;
    const mark = await readMark(this.#path);
    this.#birth = mark?.birth ?? null;
    try {
      const isRestored = mark !== undefined && UUID.test(mark.text) &&
        !this.#isKnown(mark.text);
      if (isRestored) this.#doubt();
      const until = this.#database.get(UNTIL)?.["until"];
      this.#until = typeof until === "number" ? until : undefined;
      // What became of one that is new, and its entries, was told before.
      return isRestored && this.#database.get(ANY) !== undefined;
    } catch (error) {
      // Damage is told when the ledger is used.
      if (error instanceof DatabaseDamage) return false;
      throw error;
    }
  }

  #doubt(): void {
    const until = this.#clock.now().getTime() + GRACE_MILLISECONDS;
    const nonce = this.#database.transaction(() => {
      this.#database.run(RESTORED, { until });
      this.#database.run(DOUBT);
      return this.note();
    });
    this.show(nonce);
  }

  #isKnown(nonce: string): boolean {
    const known = this.#database.get(KNOWN, { nonce });
    if (known === undefined) return false;
    const { birth } = known;
    return birth === null || this.#birth === null || birth === this.#birth;
  }

  /** Notes a new word, within the transaction that makes a claim. */
  note(): string {
    // Before: the word is noted with the birth of the file that will hold it.
    if (this.#path !== undefined) this.#file ??= openMark(this.#path);
    this.#birth = this.#file?.birth ?? null;
    const nonce = crypto.randomUUID();
    this.#database.run(NOTE, { nonce, birth: this.#birth });
    this.#database.run(FORGET);
    return nonce;
  }

  /** Once the word is durable, and before anything is sent: so the file is never ahead of a ledger that is whole. */
  show(nonce: string): void {
    this.#file?.write(nonce);
  }

  [Symbol.dispose](): void {
    this.#file?.[Symbol.dispose]();
  }

  /** Whether the run may have been sent, and the ledger would not know of it. */
  mayHaveSent({ lookUpKey }: EntryFacts): boolean {
    if (this.#until === undefined) return false;
    const start: unknown = JSON.parse(lookUpKey ?? "[]")[3];
    return typeof start !== "number" || start * 1000 <= this.#until;
  }
}
