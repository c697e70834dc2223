import assert from "node:assert/strict";
import { openDatabase } from "../../../src/system/database.ts";
import {
  hasLedger,
  openLedger,
} from "../../../src/upload/ledger/open_ledger.ts";
import { listing, TemporaryFolder } from "../../support/temporary_folder.ts";
import { appError } from "../../system/errors.ts";
import { fakeSystem } from "../../system/fake_system.ts";
import {
  filledLedger,
  ledgerWithDamagedRows,
  ONCE,
  quietLedger,
  reportKey,
  UPLOADED,
} from "./ledgers.ts";

/** Files below the home that were set aside. */
async function asides(home: string): Promise<string[]> {
  return (await listing(home)).filter((line) => line.includes(".damaged-"));
}

Deno.test("openLedger() makes a private file, and keeps what it is told", async () => {
  await using folder = await TemporaryFolder.make();
  await filledLedger(folder.join("home"), 2);
  assert.deepEqual(await listing(folder.join("home")), [
    "700 claims",
    "600 ledger.db",
    "600 ledger.db.lock",
    "600 ledger.db.mark",
  ]);
  await using opened = await quietLedger(fakeSystem(folder.join("home")));
  assert.equal(opened.isDurable, true);
  assert.equal(opened.ledger.find(reportKey(1))?.state, "uploaded");
  assert.deepEqual(
    (await listing(folder.join("home"))).filter((line) => /\.db/.test(line)),
    [
      "600 ledger.db",
      "600 ledger.db-shm",
      "600 ledger.db-wal",
      "600 ledger.db.lock",
      "600 ledger.db.mark",
    ],
  );
});

const DAMAGES: Record<string, (bytes: Uint8Array) => Uint8Array> = {
  "cut off": (bytes) => bytes.subarray(0, 5000),
  "overwritten with text": () =>
    new TextEncoder().encode("no ledger ".repeat(1000)),
  "flipped in its first page": (bytes) => bytes.fill(0xff, 100, 4096),
};

for (const [name, damage] of Object.entries(DAMAGES)) {
  Deno.test(`openLedger() sets a ledger aside that is ${name}, and says what that means`, async () => {
    await using folder = await TemporaryFolder.make();
    const path = await filledLedger(folder.path, 100);
    const damaged = damage(await Deno.readFile(path));
    await Deno.writeFile(path, damaged);
    const warnings: string[] = [];
    {
      await using opened = await openLedger(
        fakeSystem(folder.path),
        (message) => warnings.push(message),
      );
      assert.equal(opened.isDurable, true);
      assert.equal(opened.ledger.find(reportKey(1)), undefined);
    }
    assert.equal(warnings.length, 1);
    assert.match(warnings[0] ?? "", /damaged .*may be at StandCloud twice/);
    const [aside = ""] = await asides(folder.path);
    const kept = await Deno.readFile(folder.join(aside.slice(4)));
    assert.deepEqual(kept, damaged);
    await using _again = await quietLedger(fakeSystem(folder.path));
  });
}

Deno.test("openLedger() sets a ledger aside whose damage shows on the way, for the next one", async () => {
  await using folder = await TemporaryFolder.make();
  await ledgerWithDamagedRows(folder.path);
  const warnings: string[] = [];
  {
    await using opened = await openLedger(
      fakeSystem(folder.path),
      (message) => warnings.push(message),
    );
    const { history } = opened;
    assert.throws(
      () => [...history.entries({})],
      appError("store_unwritable", /is damaged/),
    );
    assert.deepEqual(warnings, []);
  }
  assert.match(warnings[0] ?? "", /may be at StandCloud twice/);
  assert.equal((await asides(folder.path)).length, 1);
  await using _again = await quietLedger(fakeSystem(folder.path));
});

Deno.test("openLedger() leaves a sound ledger alone that another process has made meanwhile", async () => {
  await using folder = await TemporaryFolder.make();
  const path = await ledgerWithDamagedRows(folder.path);
  const system = fakeSystem(folder.path);
  {
    await using opened = await quietLedger(system);
    assert.throws(() => [...opened.history.entries({})]);
    await Deno.rename(path, `${path}.damaged-elsewhere`);
    await using other = await quietLedger(system);
    await other.ledger.begin();
    await other.ledger.claim(reportKey(7), ONCE);
    await other.ledger.settle(reportKey(7), UPLOADED);
  }
  await using last = await quietLedger(system);
  assert.equal(last.ledger.find(reportKey(7))?.state, "uploaded");
});

Deno.test("openLedger() refuses the ledger of a later program, and leaves it as it is", async () => {
  await using folder = await TemporaryFolder.make();
  const path = await filledLedger(folder.path, 1);
  {
    using database = await openDatabase(path);
    database.run("PRAGMA user_version=99");
  }
  const before = await Deno.readFile(path);
  await assert.rejects(
    quietLedger(fakeSystem(folder.path)),
    appError("store_unwritable", /later version .*\(ledger version 99\)/),
  );
  assert.deepEqual(await Deno.readFile(path), before);
});

Deno.test("openLedger() refuses a ledger that leads elsewhere or is open to others", async () => {
  await using folder = await TemporaryFolder.make();
  const path = await filledLedger(folder.path, 1);
  await Deno.chmod(path, 0o640);
  await assert.rejects(
    quietLedger(fakeSystem(folder.path)),
    appError("store_unsafe", /other users/),
  );
  await Deno.chmod(path, 0o600);
  await Deno.rename(path, folder.join("victim.db"));
  await Deno.symlink(folder.join("victim.db"), path);
  await assert.rejects(
    quietLedger(fakeSystem(folder.path)),
    appError("store_unsafe", /symbolic link/),
  );
});

Deno.test("openLedger() does with one in memory where none can be kept, and says so", async () => {
  await using folder = await TemporaryFolder.make();
  await folder.write("file", "");
  const warnings: string[] = [];
  await using opened = await openLedger(
    fakeSystem(folder.join("file", "home")),
    (message) => warnings.push(message),
  );
  assert.equal(opened.isDurable, false);
  await opened.ledger.begin();
  assert.equal((await opened.ledger.claim(reportKey(1), ONCE)).kind, "claimed");
  assert.match(
    warnings.join(),
    /^the ledger cannot be kept \(Cannot make the folder .*\): a later upload will not know/,
  );
});

Deno.test("openLedger() never does with one in memory where the ledger cannot be reached (duty 54)", async () => {
  await using folder = await TemporaryFolder.make();
  await Deno.symlink(folder.join("loop"), folder.join("loop"));
  const system = fakeSystem(folder.join("loop", "home"));
  const unreachable = appError("store_unwritable", /Cannot reach the ledger/);
  await assert.rejects(quietLedger(system), unreachable);
  await assert.rejects(hasLedger(system), unreachable);
});

Deno.test("openLedger() never does with one in memory where the home gives no locks", async () => {
  await using folder = await TemporaryFolder.make();
  const { tryLock } = Deno.FsFile.prototype;
  Deno.FsFile.prototype.tryLock = () =>
    Promise.reject(new Error("No locks available (os error 37)"));
  try {
    await assert.rejects(
      quietLedger(fakeSystem(folder.join("home"))),
      appError("store_unwritable", /gives no lock/),
    );
  } finally {
    Deno.FsFile.prototype.tryLock = tryLock;
  }
});

Deno.test("openLedger() never does with one in memory where the disk fails (duty 54)", async () => {
  await using folder = await TemporaryFolder.make();
  const { lstat } = Deno;
  const home = folder.join("home");
  Deno.lstat = (path) =>
    path === home
      ? Promise.reject(Object.assign(new Error("failed"), { code: "ESTALE" }))
      : lstat(path);
  try {
    await assert.rejects(
      quietLedger(fakeSystem(home)),
      appError("store_unwritable", /the share has lost the file \(ESTALE\)$/),
    );
  } finally {
    Deno.lstat = lstat;
  }
});

Deno.test("openLedger() by ten at once makes one ledger", async () => {
  await using folder = await TemporaryFolder.make();
  const system = fakeSystem(folder.path);
  const opened = await Promise.all(
    Array.from({ length: 10 }, () => quietLedger(system)),
  );
  for (const one of opened) await one[Symbol.asyncDispose]();
});

Deno.test("a ledger that is removed while it is in use takes no more claims", async () => {
  await using folder = await TemporaryFolder.make();
  const home = folder.join("home");
  await using opened = await quietLedger(fakeSystem(home));
  const { ledger } = opened;
  await ledger.begin();
  await ledger.claim(reportKey(1), ONCE);
  await Deno.remove(`${home}/ledger.db`);
  await assert.rejects(
    ledger.claim(reportKey(2), ONCE),
    appError("store_unwritable", /was removed or set aside/),
  );
});
