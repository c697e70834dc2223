import type { Database, ReadDatabase, Values } from "../../system/database.ts";
import {
  type Entry,
  entryFrom,
  type EntryKey,
  type EntryState,
  STATES,
} from "./entry.ts";
import { DOCUMENT } from "./statements.ts";

export interface HistoryFilter {
  readonly state?: EntryState;
  readonly address?: string;
  readonly serialNumber?: string;
  readonly partNumber?: string;
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

/** The ledger in a few numbers. */
export interface LedgerSummary {
  readonly counts: Readonly<Record<EntryState, number>>;
  /** Since when the run waits that waits longest; null when none does. */
  readonly oldestWaitingAt: Date | null;
  readonly lastUploadedAt: Date | null;
}

const COUNTS = "SELECT state, number FROM state_counts";
const HAS_COUNTS = "SELECT 1 FROM sqlite_schema WHERE name = 'state_counts'";
/** For a ledger of a version before, which is only looked at. */
const COUNT_ALL =
  "SELECT state, count(*) AS number FROM reports GROUP BY state";

/** One for each state of a run that is not at StandCloud yet. The first term is that of an index. */
const OLDEST = ["waiting", "sending"].map((state) =>
  `SELECT min(created_at) AS time FROM reports
    WHERE state IN ('waiting', 'sending') AND state = '${state}'`
);
const LAST_UPLOADED =
  "SELECT max(updated_at) AS time FROM reports WHERE state = 'uploaded'";

/** Looks through the ledger. */
export class HistoryView {
  readonly #database: ReadDatabase;

  constructor(database: ReadDatabase) {
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

  /** What waits or is held by a rule, and has its document in the ledger. */
  kept(address: string): Entry[] {
    // CROSS: of reports there may be very many more than documents.
    return this.#database.all(
      `SELECT reports.* FROM documents CROSS JOIN reports USING (digest, address)
        WHERE address = $address AND state IN ('waiting', 'held')`,
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

  summary(): LedgerSummary {
    const isCounted = this.#database.get(HAS_COUNTS) !== undefined;
    const rows = this.#database.all(isCounted ? COUNTS : COUNT_ALL);
    const counts = new Map(rows.map(({ state, number }) => [state, number]));
    const oldest = OLDEST.map((sql) => this.#time(sql))
      .filter((time) => time !== null);
    return {
      counts: Object.fromEntries(
        STATES.map((state) => [state, Number(counts.get(state) ?? 0)]),
      ) as Record<EntryState, number>,
      oldestWaitingAt: oldest.length === 0
        ? null
        : new Date(Math.min(...oldest)),
      lastUploadedAt: dateOrNull(this.#time(LAST_UPLOADED)),
    };
  }

  /** How many runs are in the state. */
  count(state: EntryState): number {
    const sql = `${COUNTS} WHERE state = $state`;
    return Number(this.#database.get(sql, { state })?.["number"] ?? 0);
  }

  #time(sql: string): number | null {
    return (this.#database.get(sql)?.["time"] ?? null) as number | null;
  }

  /** The text of a document that the ledger keeps; undefined when it keeps none. */
  documentOf({ address, digest }: EntryKey): string | undefined {
    const row = this.#database.get(DOCUMENT, { address, digest });
    return row?.["wire"] as string | undefined;
  }

  /** Entries whose digest begins so. */
  byPrefix(prefix: string): Entry[] {
    return this.#database.all(
      `SELECT * FROM reports WHERE ${BEGINS}`,
      { prefix },
    ).map(entryFrom);
  }
}

/** Also drops entries. */
export class History extends HistoryView {
  readonly #database: Database;

  constructor(database: Database) {
    super(database);
    this.#database = database;
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

function dateOrNull(time: number | null): Date | null {
  return time === null ? null : new Date(time);
}

function conditions(
  { state, address, prefix, since, serialNumber, partNumber }: HistoryFilter,
): { where: string; values: Values } {
  const terms = [
    ...(state === undefined ? [] : ["state = $state"]),
    ...(address === undefined ? [] : ["address = $address"]),
    ...(serialNumber === undefined ? [] : ["serial_number = $serial"]),
    ...(partNumber === undefined ? [] : ["part_number = $part"]),
    ...(prefix === undefined ? [] : [BEGINS]),
    ...(since === undefined ? [] : ["updated_at >= $since"]),
    "(updated_at, rowid) < ($time, $id)",
  ];
  return {
    where: `WHERE ${terms.join(" AND ")}`,
    values: {
      ...(state !== undefined && { state }),
      ...(address !== undefined && { address }),
      ...(serialNumber !== undefined && { serial: serialNumber }),
      ...(partNumber !== undefined && { part: partNumber }),
      ...(prefix !== undefined && { prefix }),
      ...(since !== undefined && { since: since.getTime() }),
    },
  };
}
