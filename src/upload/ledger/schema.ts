import { AppError } from "../../system/app_error.ts";
import type { Database } from "../../system/database.ts";

/** Counts an entry more or less in its state. */
function counted(row: "OLD" | "NEW", change: 1 | -1): string {
  return `INSERT INTO state_counts VALUES (${row}.state, ${change})
    ON CONFLICT (state) DO UPDATE SET number = number + ${change};`;
}

/** Each leads from one version to the next; one that has shipped is never changed. */
const MIGRATIONS: readonly string[][] = [
  [
    `CREATE TABLE reports (
      address TEXT NOT NULL,
      digest TEXT NOT NULL,
      state TEXT NOT NULL,
      source TEXT NOT NULL,
      bytes INTEGER NOT NULL,
      serial_number TEXT,
      part_number TEXT,
      attempts INTEGER NOT NULL DEFAULT 0,
      http_status INTEGER,
      cause TEXT,
      test_run_id TEXT,
      is_unknown INTEGER NOT NULL DEFAULT 0,
      is_possibly_duplicate INTEGER NOT NULL DEFAULT 0,
      owner TEXT,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      next_try_at INTEGER,
      UNIQUE (digest, address)
    )`,
    "CREATE INDEX reports_by_time ON reports (updated_at)",
    "CREATE INDEX reports_by_state ON reports (state, updated_at)",
    "CREATE INDEX reports_by_run ON reports (test_run_id)",
    // Documents that came through stdin and exist nowhere else.
    `CREATE TABLE documents (
      address TEXT NOT NULL,
      digest TEXT NOT NULL,
      wire TEXT NOT NULL,
      PRIMARY KEY (digest, address)
    )`,
    `CREATE TABLE pauses (
      address TEXT PRIMARY KEY,
      until INTEGER NOT NULL,
      cause TEXT NOT NULL
    )`,
  ],
  ["ALTER TABLE reports ADD COLUMN is_filled INTEGER NOT NULL DEFAULT 0"],
  [
    // What its states have in common, where it may have several.
    "ALTER TABLE documents ADD COLUMN run TEXT",
    "CREATE INDEX documents_by_run ON documents (run)",
  ],
  [
    // All that StandCloud tells runs apart by.
    "ALTER TABLE reports ADD COLUMN look_up_key TEXT",
    "CREATE INDEX reports_by_look_up ON reports (look_up_key)",
    // A table of its own: a program of the version before may still be running.
    "CREATE TABLE pause_starts (address TEXT PRIMARY KEY, asked INTEGER)",
  ],
  [
    // HardPy stores one run in several forms: they share `run`, the digest of the first one.
    "ALTER TABLE reports ADD COLUMN run TEXT",
    "ALTER TABLE reports ADD COLUMN run_key TEXT",
    "ALTER TABLE reports ADD COLUMN form TEXT",
    // Where the form is stored, if the source does not tell it.
    "ALTER TABLE reports ADD COLUMN place TEXT",
    // One content may be stored in several forms and places: those beside the first.
    `CREATE TABLE other_places (
      address TEXT NOT NULL,
      digest TEXT NOT NULL,
      form TEXT NOT NULL,
      place TEXT NOT NULL,
      PRIMARY KEY (digest, address, form, place)
    )`,
    "CREATE INDEX reports_by_stored_run ON reports (run)",
    `CREATE INDEX reports_by_run_key ON reports
      (run_key, ifnull(trim(serial_number), ''))`,
    // 1: perhaps the digest of an earlier version, which also notes runs while this one does.
    "ALTER TABLE reports ADD COLUMN digest_version INTEGER NOT NULL DEFAULT 1",
    "ALTER TABLE reports ADD COLUMN former_digest TEXT",
    "CREATE INDEX reports_of_before ON reports (digest) WHERE digest_version = 1",
    "CREATE INDEX reports_by_former_digest ON reports (former_digest) WHERE former_digest IS NOT NULL",
  ],
  [
    // The states `held` and `superseded` are new: a version before, which may be
    // running, sends such a run like one that waits.
    "ALTER TABLE reports ADD COLUMN issues TEXT",
    "CREATE INDEX reports_by_serial ON reports (serial_number, updated_at) WHERE serial_number IS NOT NULL",
    "CREATE INDEX reports_to_send ON reports (state, created_at) WHERE state IN ('waiting', 'sending')",
    "CREATE INDEX reports_for_a_person ON reports (source) WHERE state IN ('held', 'rejected')",
    // Counting 100,000 entries takes as long as starting the program. Triggers
    // count what a version before writes, too.
    "CREATE TABLE state_counts (state TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID",
    "INSERT INTO state_counts SELECT state, count(*) FROM reports GROUP BY state",
    `CREATE TRIGGER reports_come AFTER INSERT ON reports BEGIN ${
      counted("NEW", 1)
    } END`,
    `CREATE TRIGGER reports_go AFTER DELETE ON reports BEGIN ${
      counted("OLD", -1)
    } END`,
    `CREATE TRIGGER reports_change AFTER UPDATE OF state ON reports
      WHEN OLD.state <> NEW.state
      BEGIN ${counted("OLD", -1)} ${counted("NEW", 1)} END`,
  ],
  [
    // How far the changes of HardPy's databases were read for an address.
    `CREATE TABLE sequences (
      address TEXT NOT NULL,
      database TEXT NOT NULL,
      instance TEXT NOT NULL,
      sequence TEXT NOT NULL,
      PRIMARY KEY (address, database)
    )`,
  ],
  [
    // By which the ledger tells that it was restored from a backup, and until
    // when a run must have begun that may have been sent since the backup.
    "CREATE TABLE origins (nonce TEXT NOT NULL UNIQUE, birth INTEGER)",
    "CREATE TABLE restored (until INTEGER NOT NULL)",
  ],
];

/**
 * Brings the tables to what this program knows, in one step for all processes.
 *
 * @throws `store_unwritable` for a ledger of a later program.
 */
export function migrate(database: Database, path: string): void {
  if (versionOf(database) === MIGRATIONS.length) return;
  database.transaction(() => {
    const version = versionOf(database);
    if (version > MIGRATIONS.length) throw fromLater(path, version);
    for (const steps of MIGRATIONS.slice(version)) {
      for (const step of steps) database.run(step);
    }
    database.run(`PRAGMA user_version=${MIGRATIONS.length}`);
  });
}

function versionOf(database: Database): number {
  return Number(database.get("PRAGMA user_version")?.["user_version"]);
}

function fromLater(path: string, version: number): AppError {
  return new AppError(
    "store_unwritable",
    `"${path}" was written by a later version of this program (ledger version ${version})`,
    { hints: ["use that version here, or set STANDCLOUD_HOME"] },
  );
}
