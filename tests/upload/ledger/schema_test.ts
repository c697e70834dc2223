import assert from "node:assert/strict";
import { type Database, openDatabase } from "../../../src/system/database.ts";
import { migrate } from "../../../src/upload/ledger/schema.ts";
import { appError } from "../../system/errors.ts";

Deno.test("migrate() brings a new file to the last version, and then does nothing", async () => {
  using database = await openDatabase(":memory:");
  migrate(database, "ledger.db");
  assert.equal(database.get("PRAGMA user_version")?.["user_version"], 8);
  const tables = database.all(
    "SELECT name FROM sqlite_schema WHERE type='table'",
  );
  assert.deepEqual(tables.map(({ name }) => name), [
    "reports",
    "documents",
    "pauses",
    "pause_starts",
    "other_places",
    "state_counts",
    "sequences",
    "origins",
    "restored",
  ]);
  const before = database.all("SELECT * FROM sqlite_schema");
  migrate(database, "ledger.db");
  assert.deepEqual(database.all("SELECT * FROM sqlite_schema"), before);
});

Deno.test("migrate() keeps what a ledger of version 1 knows", async () => {
  using database = await openDatabase(":memory:");
  migrate(database, "ledger.db");
  for (const name of ["come", "go", "change"]) {
    database.run(`DROP TRIGGER reports_${name}`);
  }
  database.run("DROP TABLE state_counts");
  for (const name of ["by_serial", "to_send", "for_a_person"]) {
    database.run(`DROP INDEX reports_${name}`);
  }
  database.run("ALTER TABLE reports DROP COLUMN issues");
  database.run("ALTER TABLE reports DROP COLUMN is_filled");
  database.run("DROP INDEX documents_by_run");
  database.run("ALTER TABLE documents DROP COLUMN run");
  database.run("DROP INDEX reports_by_look_up");
  database.run("ALTER TABLE reports DROP COLUMN look_up_key");
  database.run("DROP TABLE pause_starts");
  database.run("DROP TABLE other_places");
  database.run("DROP TABLE sequences");
  database.run("DROP TABLE origins");
  database.run("DROP TABLE restored");
  for (const name of ["stored_run", "run_key"]) {
    database.run(`DROP INDEX reports_by_${name}`);
  }
  database.run("DROP INDEX reports_of_before");
  database.run("DROP INDEX reports_by_former_digest");
  for (const name of ["run", "run_key", "form", "place", "digest_version"]) {
    database.run(`ALTER TABLE reports DROP COLUMN ${name}`);
  }
  database.run("ALTER TABLE reports DROP COLUMN former_digest");
  database.run("PRAGMA user_version=1");
  database.run(
    `INSERT INTO reports (address, digest, state, source, bytes, created_at,
      updated_at) VALUES ('a', 'd', 'uploaded', 's', 1, 2, 3)`,
  );
  migrate(database, "ledger.db");
  assert.equal(database.get("PRAGMA user_version")?.["user_version"], 8);
  assert.deepEqual(countsIn(database), { uploaded: 1 });
  const row = database.get("SELECT * FROM reports") ?? {};
  const { state, is_filled: isFilled, digest_version: version } = row;
  assert.deepEqual([state, isFilled, version], ["uploaded", 0, 1]);
});

Deno.test("migrate() leaves a program of version 3, 4, 5 or 6, which may be running, what it writes", async () => {
  using database = await openDatabase(":memory:");
  migrate(database, "ledger.db");
  // Its statements that name no columns.
  database.run("INSERT INTO pauses VALUES ('a', 1, 'busy')");
  database.run("INSERT OR REPLACE INTO documents VALUES ('a', 'd', 'w', NULL)");
  assert.equal(database.all("SELECT * FROM pauses").length, 1);
  database.run(
    `INSERT INTO reports (address, digest, state, source, bytes, created_at,
      updated_at) VALUES ('a', 'd', 'uploaded', 's', 1, 2, 3)`,
  );
  const row = database.get("SELECT digest_version FROM reports");
  assert.equal(row?.["digest_version"], 1);
});

Deno.test("migrate() does all of it or nothing", async () => {
  using database = await openDatabase(":memory:");
  // In the way of the first version's last table.
  database.run("CREATE TABLE pauses (other TEXT)");
  assert.throws(
    () => migrate(database, "ledger.db"),
    appError("store_unwritable", /pauses already exists/),
  );
  assert.equal(database.get("PRAGMA user_version")?.["user_version"], 0);
  const tables = database.all(
    "SELECT name FROM sqlite_schema WHERE type='table'",
  );
  assert.deepEqual(tables.map(({ name }) => name), ["pauses"]);
});

Deno.test("migrate() refuses a later version", async () => {
  using database = await openDatabase(":memory:");
  database.run("PRAGMA user_version=9");
  assert.throws(
    () => migrate(database, "ledger.db"),
    appError("store_unwritable", /"ledger.db" was written by a later version/),
  );
});

function countsIn(database: Database): Record<string, unknown> {
  const rows = database.all("SELECT * FROM state_counts WHERE number <> 0");
  return Object.fromEntries(rows.map(({ state, number }) => [state, number]));
}

Deno.test("a ledger counts its entries by state, whatever a program does to them", async () => {
  using database = await openDatabase(":memory:");
  migrate(database, "ledger.db");
  const insert = (digest: string, state: string) =>
    database.run(
      `INSERT INTO reports (address, digest, state, source, bytes, created_at,
        updated_at) VALUES ('a', $digest, $state, 's', 1, 2, 3)
      ON CONFLICT (digest, address) DO UPDATE SET state = $state`,
      { digest, state },
    );
  insert("1", "sending");
  insert("2", "waiting");
  insert("3", "held");
  assert.deepEqual(countsIn(database), { sending: 1, waiting: 1, held: 1 });
  insert("1", "uploaded");
  database.run("UPDATE reports SET state = 'uploaded' WHERE digest <> '3'");
  assert.deepEqual(countsIn(database), { uploaded: 2, held: 1 });
  database.run("DELETE FROM reports WHERE state <> 'uploaded'");
  assert.deepEqual(countsIn(database), { uploaded: 2 });
  assert.throws(() =>
    database.transaction(() => {
      insert("4", "waiting");
      throw new Error("the power goes");
    })
  );
  assert.deepEqual(countsIn(database), { uploaded: 2 });
});
