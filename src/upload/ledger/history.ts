import type { Database, Values } from "../../system/database.ts";
import { type Entry, entryFrom, type EntryState } from "./entry.ts";

export interface HistoryFilter {
  readonly state?: EntryState;
  readonly address?: string;
  /** Changed since then. */
  readonly since?: Date;
  /** At most so many, the last ones. */
  readonly limit?: number;
}

/** Looks through the ledger. */
export class History {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The entries that changed last come first. */
  *entries(filter: HistoryFilter): Generator<Entry> {
    const { where, values } = conditions(filter);
    const limit = filter.limit ?? -1;
    const rows = this.#database.rows(
      `SELECT * FROM reports ${where} ORDER BY updated_at DESC LIMIT $limit`,
      { ...values, limit },
    );
    for (const row of rows) yield entryFrom(row);
  }

  /** How many reports are in each state. */
  counts(): Partial<Record<EntryState, number>> {
    const rows = this.#database.all(
      "SELECT state, count(*) AS number FROM reports GROUP BY state",
    );
    return Object.fromEntries(
      rows.map(({ state, number }) => [state, Number(number)]),
    );
  }

  /** Entries whose digest begins so. */
  byPrefix(prefix: string): Entry[] {
    return this.#database.all(
      "SELECT * FROM reports WHERE digest >= $prefix AND digest < $prefix || 'g'",
      { prefix },
    ).map(entryFrom);
  }

  forget({ address, digest }: Entry): void {
    const values = { address, digest };
    this.#database.transaction(() => {
      for (const table of ["reports", "documents"]) {
        this.#database.run(
          `DELETE FROM ${table} WHERE digest = $digest AND address = $address`,
          values,
        );
      }
    });
  }
}

function conditions(
  { state, address, since }: HistoryFilter,
): { where: string; values: Values } {
  const terms = [
    ...(state === undefined ? [] : ["state = $state"]),
    ...(address === undefined ? [] : ["address = $address"]),
    ...(since === undefined ? [] : ["updated_at >= $since"]),
  ];
  return {
    where: terms.length === 0 ? "" : `WHERE ${terms.join(" AND ")}`,
    values: {
      ...(state !== undefined && { state }),
      ...(address !== undefined && { address }),
      ...(since !== undefined && { since: since.getTime() }),
    },
  };
}
