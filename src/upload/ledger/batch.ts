import type { Clock } from "../../system/clock.ts";
import type { Database } from "../../system/database.ts";

interface Job {
  work(): unknown;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** Long enough for the requests that end together, too short to notice. */
const GATHER_MILLISECONDS = 4;

/**
 * Puts what is written at about the same time into one transaction: making a
 * single one durable takes as long as making thirty.
 */
export class Batch {
  readonly #database: Database;
  readonly #clock: Clock;
  #jobs: Job[] = [];

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
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
      const values = this.#database.transaction(() =>
        jobs.map(({ work }) => work())
      );
      jobs.forEach(({ resolve }, index) => resolve(values[index]));
    } catch (error) {
      for (const { reject } of jobs) reject(error);
    }
  }
}
