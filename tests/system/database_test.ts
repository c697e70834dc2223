import assert from "node:assert/strict";
import {
  type Database,
  moveAside,
  openDatabase,
} from "../../src/system/database.ts";
import { DatabaseDamage } from "../../src/system/database_errors.ts";
import { listing, TemporaryFolder } from "../support/temporary_folder.ts";
import { startChild } from "./child.ts";
import { appError } from "./errors.ts";
import { NOON } from "./fake_clock.ts";

const COMPANIONS = ["600 a.db", "600 a.db-shm", "600 a.db-wal"];

/** A database with one table of one text, and `rows` of 1,000 letters in it. */
async function filled(path: string, rows: number): Promise<Database> {
  const database = await openDatabase(path);
  database.run("CREATE TABLE t (text TEXT)");
  database.transaction(() => {
    for (let i = 0; i < rows; i++) {
      database.run("INSERT INTO t VALUES ($text)", { text: "x".repeat(1000) });
    }
  });
  return database;
}

function countOf(database: Database): unknown {
  return database.get("SELECT count(*) AS count FROM t")?.["count"];
}

Deno.test("openDatabase() makes files that only their owner can read, in a folder of the same kind", async () => {
  await using folder = await TemporaryFolder.make();
  {
    using _database = await filled(folder.join("new", "a.db"), 1);
    assert.deepEqual(await listing(folder.join("new")), COMPANIONS);
  }
  assert.deepEqual(await listing(folder.path), ["700 new", "600 new/a.db"]);
});

Deno.test("openDatabase() keeps its files private whatever the umask", async () => {
  await using folder = await TemporaryFolder.make();
  const before = Deno.umask(0o777);
  try {
    using _database = await filled(folder.join("a.db"), 1);
    assert.deepEqual(await listing(folder.path), COMPANIONS);
  } finally {
    Deno.umask(before);
  }
});

Deno.test("openDatabase() refuses what others could have written, and never follows a link", async () => {
  await using folder = await TemporaryFolder.make();
  const victim = await folder.write("victim.db", "");
  await Deno.symlink(victim, folder.join("a.db"));
  await assert.rejects(
    openDatabase(folder.join("a.db")),
    appError("store_unsafe", /symbolic link/),
  );
  assert.equal((await Deno.stat(victim)).size, 0);
  await Deno.chmod(victim, 0o644);
  await assert.rejects(
    openDatabase(victim),
    appError("store_unsafe", /other users/),
  );
});

Deno.test("openDatabase() says when there is no place for it", async () => {
  await using folder = await TemporaryFolder.make();
  await folder.write("file", "");
  await assert.rejects(
    openDatabase(folder.join("file", "below", "a.db")),
    appError("store_unwritable"),
  );
});

Deno.test("openDatabase() knows a file that is no database", async () => {
  await using folder = await TemporaryFolder.make();
  const path = await folder.write("a.db", "no database ".repeat(1000));
  await Deno.chmod(path, 0o600);
  await assert.rejects(openDatabase(path), DatabaseDamage);
  await Deno.truncate(path, 100);
  await assert.rejects(openDatabase(path), DatabaseDamage);
});

Deno.test("transaction() does all of the work or nothing", async () => {
  using database = await filled(":memory:", 1);
  assert.throws(() =>
    database.transaction(() => {
      database.run("DELETE FROM t");
      throw new Error("on the way");
    }), /on the way/);
  assert.equal(countOf(database), 1);
  assert.equal(database.transaction(() => 7), 7);
});

Deno.test("all() finds the damage of a page, which is then known", async () => {
  await using folder = await TemporaryFolder.make();
  const path = folder.join("a.db");
  (await filled(path, 100))[Symbol.dispose]();
  const bytes = await Deno.readFile(path);
  bytes.fill(0xff, 3 * 4096, bytes.length);
  await Deno.writeFile(path, bytes);

  using database = await openDatabase(path);
  const known = () => database.damage?.message;
  assert.equal(known(), undefined);
  assert.throws(
    () => database.all("SELECT text FROM t"),
    DatabaseDamage,
  );
  assert.match(known() ?? "", /a\.db" is damaged: .*malformed/);
});

Deno.test("moveAside() takes the companions along and keeps what was moved before", async () => {
  await using folder = await TemporaryFolder.make();
  const path = folder.join("a.db");
  for (const content of ["one", "two"]) {
    for (const companion of ["", "-wal", "-shm"]) {
      await Deno.writeTextFile(path + companion, content + companion);
    }
    const aside = await moveAside(path, NOON);
    assert.match(aside, /a\.db\.damaged-2026-03-01T120000-[0-9a-f]{8}$/);
    assert.equal(await Deno.readTextFile(`${aside}-wal`), `${content}-wal`);
  }
  assert.equal((await listing(folder.path)).length, 6);
});

Deno.test("isCurrent() tells when the file was replaced", async () => {
  await using folder = await TemporaryFolder.make();
  const path = folder.join("a.db");
  using database = await filled(path, 1);
  assert.equal(await database.isCurrent(), true);
  await moveAside(path, NOON);
  assert.equal(await database.isCurrent(), false);
  using _other = await openDatabase(path);
  assert.equal(await database.isCurrent(), false);
});

Deno.test("transaction() of a process that is killed leaves nothing, and keeps nobody out", async () => {
  await using folder = await TemporaryFolder.make();
  const path = folder.join("a.db");
  (await filled(path, 1))[Symbol.dispose]();
  await using child = startChild("hold_transaction.ts", { args: [path] });
  assert.equal(await child.line(), "inserted");
  child.kill("SIGKILL");
  await child.status;
  using database = await openDatabase(path);
  database.transaction(() => assert.equal(countOf(database), 1));
});
