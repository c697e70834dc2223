import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { openDatabase } from "../../../src/system/database.ts";
import { lookIntoLedger } from "../../../src/upload/ledger/look_into_ledger.ts";
import { fromRoot } from "../../../scripts/compile/paths.ts";
import { appError } from "../../system/errors.ts";
import { fakeSystem } from "../../system/fake_system.ts";
import { listing, TemporaryFolder } from "../../support/temporary_folder.ts";
import {
  filledLedger,
  ONCE,
  quietLedger,
  reportKey,
  UPLOADED,
  WAITING,
} from "./ledgers.ts";

/** What the ledger of a home counts as uploaded; undefined where there is none. */
function uploadedAt(home: string): Promise<number | undefined> {
  return lookIntoLedger(
    fakeSystem(home),
    (history) => history.summary().counts.uploaded,
  );
}

Deno.test("lookIntoLedger() finds nothing where there is no ledger, and makes none", async () => {
  await using folder = await TemporaryFolder.make();
  assert.equal(await uploadedAt(folder.join("home")), undefined);
  assert.deepEqual(await listing(folder.path), []);
  const file = await folder.write("file", "");
  assert.equal(await uploadedAt(`${file}/home`), undefined);
});

Deno.test("lookIntoLedger() takes no lock and changes no byte of the ledger", async () => {
  await using folder = await TemporaryFolder.make();
  const path = await filledLedger(folder.path, 3);
  await Deno.remove(`${path}.lock`);
  const before = await Deno.readFile(path);
  assert.equal(await uploadedAt(folder.path), 3);
  assert.deepEqual(await Deno.readFile(path), before);
  assert.deepEqual(await listing(folder.path), [
    "700 claims",
    "600 ledger.db",
    "600 ledger.db-shm",
    "600 ledger.db-wal",
    "600 ledger.db.mark",
  ]);
  // The next process that writes cleans up.
  await (await quietLedger(fakeSystem(folder.path)))[Symbol.asyncDispose]();
  const files = await listing(folder.path);
  assert.ok(!files.some((line) => /-(?:shm|wal)$/.test(line)), files.join());
});

Deno.test("lookIntoLedger() works in a folder with an unusual name", async () => {
  await using folder = await TemporaryFolder.make();
  const home = folder.join("a b%20c#d?e");
  await filledLedger(home, 2);
  assert.equal(await uploadedAt(home), 2);
});

Deno.test("lookIntoLedger() sees what a process that is at work has written, and holds up none of its writes", async () => {
  await using folder = await TemporaryFolder.make();
  await filledLedger(folder.path, 1);
  await using opened = await quietLedger(fakeSystem(folder.path));
  await opened.ledger.begin();
  await opened.ledger.claim(reportKey(7), ONCE);
  await opened.ledger.settle(reportKey(7), WAITING);
  const seen = await lookIntoLedger(fakeSystem(folder.path), (history) => {
    const before = history.summary().counts;
    // Without a transaction that another one has to wait for.
    const other = new DatabaseSync(fakeSystem(folder.path).paths().ledgerFile);
    other.exec("PRAGMA busy_timeout=0");
    other.exec("UPDATE reports SET bytes = 7");
    other.close();
    return before;
  });
  assert.deepEqual([seen?.uploaded, seen?.waiting], [1, 1]);
  assert.equal(opened.ledger.find(reportKey(7))?.bytes, 7);
});

Deno.test("lookIntoLedger() reads while another process is in a transaction", async () => {
  await using folder = await TemporaryFolder.make();
  const path = await filledLedger(folder.path, 2);
  using database = await openDatabase(path);
  let seen: Promise<number | undefined> | undefined;
  database.transaction(() => {
    database.run("UPDATE reports SET state = 'waiting'");
    seen = uploadedAt(folder.path);
  });
  assert.ok([0, 2].includes(await seen ?? -1));
});

Deno.test("lookIntoLedger() reads a ledger of version 4, and leaves it so", async () => {
  await using folder = await TemporaryFolder.make();
  const path = folder.join("ledger.db");
  const dump = fromRoot("tests/testdata/ledgers/version-4.sql");
  const database = new DatabaseSync(path);
  database.exec(await Deno.readTextFile(dump));
  database.close();
  await Deno.chmod(path, 0o600);
  const summary = await lookIntoLedger(fakeSystem(folder.path), (history) => {
    assert.ok([...history.entries({})].length > 0);
    return history.summary();
  });
  assert.ok((summary?.counts.uploaded ?? 0) > 0);
  using again = await openDatabase(path);
  assert.equal(again.get("PRAGMA user_version")?.["user_version"], 4);
});

Deno.test("lookIntoLedger() takes a file without tables for no ledger", async () => {
  await using folder = await TemporaryFolder.make();
  (await openDatabase(folder.join("ledger.db")))[Symbol.dispose]();
  assert.equal(await uploadedAt(folder.path), undefined);
});

Deno.test("lookIntoLedger() leaves a damaged ledger as it is, and says which command mends it", async () => {
  await using folder = await TemporaryFolder.make();
  const path = await filledLedger(folder.path, 50);
  await Deno.writeTextFile(path, "no ledger ".repeat(1000));
  await assert.rejects(uploadedAt(folder.path), (error) => {
    appError("store_unwritable", /ledger.db" is damaged/)(error);
    assert.match(
      (error as { hints: string[] }).hints.join(),
      /standcloud history/,
    );
    return true;
  });
  assert.deepEqual(
    (await listing(folder.path)).filter((line) => line.includes("damaged")),
    [],
  );
});

Deno.test("lookIntoLedger() refuses a ledger that others may use", async () => {
  await using folder = await TemporaryFolder.make();
  const path = await filledLedger(folder.path, 1, [UPLOADED]);
  await Deno.chmod(path, 0o644);
  await assert.rejects(uploadedAt(folder.path), appError("store_unsafe", /./));
});
