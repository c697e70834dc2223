import type { Clock } from "../../system/clock.ts";
import { type Database, DatabaseBusy } from "../../system/database.ts";

interface Job {
  work(): unknown;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** Long enough for the requests that end together, too short to notice. */
const GATHER_MILLISECONDS = 4;

/** How long another process may keep the ledger locked, and how soon it is tried again. */
const PATIENCE_MILLISECONDS = 60_000;
const POLL_MILLISECONDS = 50;

/**
 * Puts what is written at about the same time into one transaction: making a
 * single one durable takes as long as making thirty.
 */
export class Batch {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #interrupted: AbortSignal;
  #jobs: Job[] = [];

  /** @param options.interrupted ends waiting for another process. */
  constructor(
    database: Database,
    { clock, interrupted }: { clock: Clock; interrupted: AbortSignal },
  ) {
    this.#database = database;
    this.#clock = clock;
    this.#interrupted = interrupted;
  }

  /** Resolves when the work is done and durable. */
  add<T>(work: () => T): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    if (this.#jobs.length === 0) this.#commitSoon();
    this.#jobs.push({ work, resolve, reject });
    return promise as Promise<T>;
  }

  async #commitSoon(): Promise<void> {
    await this.#clock.sleep(GATHER_MILLISECONDS);
    const jobs = this.#jobs;
    this.#jobs = [];
    try {
      const values = await this.#commit(jobs);
      jobs.forEach(({ resolve }, index) => resolve(values[index]));
    } catch (error) {
      for (const { reject } of jobs) reject(error);
    }
  }

  async #commit(jobs: readonly Job[]): Promise<unknown[]> {
    const begin = this.#clock.monotonic();
    while (true) {
      try {
        return this.#database.transaction(() => jobs.map(({ work }) => work()));
      } catch (error) {
        const waited = this.#clock.monotonic() - begin;
        const isOver = waited > PATIENCE_MILLISECONDS ||
          this.#interrupted.aborted;
        if (!(error instanceof DatabaseBusy) || isOver) throw error;
        await this.#clock.sleep(POLL_MILLISECONDS, this.#interrupted);
      }
    }
  }
}
