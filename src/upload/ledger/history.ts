import type { Database, Values } from "../../system/database.ts";
import { type Entry, entryFrom, type EntryState } from "./entry.ts";

export interface HistoryFilter {
  readonly state?: EntryState;
  readonly address?: string;
  /** The digest begins so. */
  readonly prefix?: string;
  /** Changed since then. */
  readonly since?: Date;
  /** At most so many, the last ones. */
  readonly limit?: number;
}

/** No hexadecimal digit comes after `f`. */
const BEGINS = "digest >= $prefix AND digest < $prefix || 'g'";

/** How many entries are in memory at once. */
const PAGE = 1000;

/** Looks through the ledger. */
export class History {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The entries that changed last come first. */
  *entries(filter: HistoryFilter): Generator<Entry> {
    const { where, values } = conditions(filter);
    // Page by page: the runtime's own iterator ends without a word at a damaged page.
    const sql = `SELECT *, rowid FROM reports ${where}
      ORDER BY updated_at DESC, rowid DESC LIMIT $limit`;
    let rest = filter.limit ?? Infinity;
    let last = { time: Number.MAX_SAFE_INTEGER, id: 0 };
    while (rest > 0) {
      const limit = Math.min(rest, PAGE);
      const rows = this.#database.all(sql, { ...values, ...last, limit });
      for (const row of rows) {
        yield entryFrom(row);
        last = { time: Number(row["updated_at"]), id: Number(row["rowid"]) };
      }
      if (rows.length < limit) return;
      rest -= rows.length;
    }
  }

  /** What waits and has its document in the ledger. */
  kept(address: string): Entry[] {
    // CROSS: of reports there may be very many more than documents.
    return this.#database.all(
      `SELECT reports.* FROM documents CROSS JOIN reports USING (digest, address)
        WHERE address = $address AND state = 'waiting'`,
      { address },
    ).map(entryFrom);
  }

  /** How many reports are not at StandCloud yet and still have to be sent there. */
  unsent(address: string): number {
    const row = this.#database.get(
      `SELECT count(*) AS number FROM reports
        WHERE state IN ('waiting', 'sending') AND address = $address`,
      { address },
    );
    return Number(row?.["number"]);
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
      `SELECT * FROM reports WHERE ${BEGINS}`,
      { prefix },
    ).map(entryFrom);
  }

  /** False when it is being sent right now: then it is not forgotten. */
  forget({ address, digest }: Entry): boolean {
    const values = { address, digest };
    return this.#database.transaction(() => {
      const row = this.#database.get(
        `SELECT 1 FROM reports WHERE state = 'sending'
          AND digest = $digest AND address = $address`,
        values,
      );
      if (row !== undefined) return false;
      for (const table of ["reports", "documents"]) {
        this.#database.run(
          `DELETE FROM ${table} WHERE digest = $digest AND address = $address`,
          values,
        );
      }
      return true;
    });
  }
}

function conditions(
  { state, address, prefix, since }: HistoryFilter,
): { where: string; values: Values } {
  const terms = [
    ...(state === undefined ? [] : ["state = $state"]),
    ...(address === undefined ? [] : ["address = $address"]),
    ...(prefix === undefined ? [] : [BEGINS]),
    ...(since === undefined ? [] : ["updated_at >= $since"]),
    "(updated_at, rowid) < ($time, $id)",
  ];
  return {
    where: `WHERE ${terms.join(" AND ")}`,
    values: {
      ...(state !== undefined && { state }),
      ...(address !== undefined && { address }),
      ...(prefix !== undefined && { prefix }),
      ...(since !== undefined && { since: since.getTime() }),
    },
  };
}
