import { AppError } from "../../system/app_error.ts";
import type { Clock } from "../../system/clock.ts";
import type { Database } from "../../system/database.ts";
import { DatabaseBusy } from "../../system/database_errors.ts";
import { TooManyOpen } from "../../system/spare_handle.ts";

interface Job {
  work(): unknown;
  readonly isAlone: boolean;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/**
 * So many times as long as the last commit took, jobs are gathered for the next
 * one: however slow the disk, most of the time is left for other work.
 */
const GATHER_FACTOR = 20;
const LONGEST_GATHER_MILLISECONDS = 50;

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
  #isCommitting = false;
  /** Jobs are gathered until then. */
  #notBefore = 0;
  /** Since when another process keeps the ledger locked, as far as is known. */
  #busySince: number | undefined;

  /** @param options.interrupted ends waiting for another process. */
  constructor(
    database: Database,
    { clock, interrupted }: { clock: Clock; interrupted: AbortSignal },
  ) {
    this.#database = database;
    this.#clock = clock;
    this.#interrupted = interrupted;
  }

  /**
   * Resolves when the work is done and durable.
   *
   * @param isAlone nothing is under way that could come to be gathered with it.
   */
  add<T>(work: () => T, isAlone = false): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#jobs.push({ work, isAlone, resolve, reject });
    this.#commitAll();
    return promise as Promise<T>;
  }

  /** One transaction after the other: what comes meanwhile is in the next. */
  async #commitAll(): Promise<void> {
    if (this.#isCommitting) return;
    this.#isCommitting = true;
    for (let [first] = this.#jobs; first; [first] = this.#jobs) {
      const gathering = this.#notBefore - this.#clock.monotonic();
      await this.#clock.sleep(first.isAlone ? 0 : Math.max(gathering, 0));
      await this.#commitNow(this.#jobs.splice(0));
    }
    this.#isCommitting = false;
  }

  async #commitNow(jobs: readonly Job[]): Promise<void> {
    const begin = this.#clock.monotonic();
    try {
      const values = await this.#commit(jobs);
      this.#gather(begin);
      jobs.forEach(({ resolve }, index) => resolve(values[index]));
    } catch (error) {
      for (const { reject } of jobs) reject(error);
    }
  }

  #gather(begin: number): void {
    const end = this.#clock.monotonic();
    const gathering = (end - begin) * GATHER_FACTOR;
    this.#notBefore = end + Math.min(gathering, LONGEST_GATHER_MILLISECONDS);
  }

  async #commit(jobs: readonly Job[]): Promise<unknown[]> {
    // What is written to a file that was removed is lost with the process.
    if (!await this.#database.isCurrent()) throw ledgerGone();
    while (true) {
      try {
        const values = this.#database.transaction(() =>
          jobs.map(({ work }) => work())
        );
        this.#busySince = undefined;
        return values;
      } catch (error) {
        const mayPass = error instanceof DatabaseBusy ||
          error instanceof TooManyOpen;
        if (!mayPass || this.#isTooLong()) throw error;
        await this.#clock.sleep(POLL_MILLISECONDS, this.#interrupted);
      }
    }
  }

  /** All jobs wait for one minute in all. A lock that never ends would otherwise cost a minute for each of them. */
  #isTooLong(): boolean {
    const now = this.#clock.monotonic();
    this.#busySince ??= now;
    return now - this.#busySince > PATIENCE_MILLISECONDS ||
      this.#interrupted.aborted;
  }
}

function ledgerGone(): AppError {
  return new AppError(
    "store_unwritable",
    "The ledger was removed or set aside while it was in use",
    {
      hints: [
        "run the command again: it makes a new ledger, which knows nothing of what was uploaded before",
      ],
    },
  );
}
