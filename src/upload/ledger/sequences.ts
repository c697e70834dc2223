import type { DatabaseState } from "../../sources/couchdb/couchdb.ts";
import type { Database } from "../../system/database.ts";
import type { Batch } from "./batch.ts";

/** How far the changes of a database were read for an address. */
export interface SequenceKey {
  readonly address: string;
  /** `http://localhost:5984/runstore` */
  readonly database: string;
}

const FIND = `SELECT instance, sequence FROM sequences
  WHERE address = $address AND database = $database`;
const SAVE = `INSERT OR REPLACE INTO sequences
  VALUES ($address, $database, $instance, $sequence)`;

/** Up to which change all runs of HardPy's databases are done with. */
export class Sequences {
  readonly #database: Database;
  readonly #batch: Batch;

  constructor(database: Database, batch: Batch) {
    this.#database = database;
    this.#batch = batch;
  }

  find({ address, database }: SequenceKey): DatabaseState | undefined {
    const row = this.#database.get(FIND, { address, database });
    return row && {
      instance: String(row["instance"]),
      sequence: String(row["sequence"]),
    };
  }

  /** Durable when it resolves. */
  save(
    { address, database }: SequenceKey,
    { instance, sequence }: DatabaseState,
  ): Promise<void> {
    const values = { address, database, instance, sequence };
    return this.#batch.add(() => this.#database.run(SAVE, values));
  }
}
