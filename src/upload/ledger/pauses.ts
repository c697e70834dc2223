import type { Clock } from "../../system/clock.ts";
import type { Database } from "../../system/database.ts";
import { LONGEST_WAIT_MILLISECONDS } from "../../standcloud/retry_after.ts";
import type { Batch } from "./batch.ts";
import * as sql from "./statements.ts";

/** The service asked everybody to keep away until then. */
export interface Pause {
  readonly until: Date;
  readonly cause: string;
}

/** What services asked for, by address; for all processes of the stand. */
export class Pauses {
  readonly #database: Database;
  readonly #batch: Batch;
  readonly #clock: Clock;

  constructor(database: Database, batch: Batch, clock: Clock) {
    this.#database = database;
    this.#batch = batch;
    this.#clock = clock;
  }

  of(address: string): Pause | undefined {
    const row = this.#database.get(sql.PAUSED, { address });
    if (row === undefined) return undefined;
    const until = Number(row["until"]);
    const now = this.#clock.now().getTime();
    // Else the clock was set back meanwhile, and nobody knows by how much.
    const isSound = now >= Number(row["asked"] ?? 0) &&
      until - now <= LONGEST_WAIT_MILLISECONDS;
    return isSound && until > now
      ? { until: new Date(until), cause: String(row["cause"]) }
      : undefined;
  }

  /** The longest pause that was asked for counts. */
  ask(address: string, { until, cause }: Pause): Promise<void> {
    const now = this.#clock.now().getTime();
    const latest = now + LONGEST_WAIT_MILLISECONDS;
    const row = { address, until: until.getTime(), cause, now, latest };
    return this.#batch.add(() => {
      this.#database.run(sql.PAUSE, row);
      this.#database.run(sql.PAUSE_STARTS, { address, now });
    });
  }

  /** Ends the pause for all processes, and what waits has no time of its own to wait for. */
  end(address: string): Promise<void> {
    return this.#batch.add(() => {
      this.#database.run(sql.END_PAUSE, { address });
      this.#database.run(sql.TRY_NOW, { address });
    });
  }
}
