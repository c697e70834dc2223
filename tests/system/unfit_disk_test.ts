import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { openDatabase, readDatabase } from "../../src/system/database.ts";
import { lockFile, tryLockFile } from "../../src/system/file_lock.ts";
import { privateFiles } from "../../src/system/private_files.ts";
import { lockTemporarily } from "../../src/system/temporary_lock.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";
import { appError } from "./errors.ts";
import { fakeClock } from "./fake_clock.ts";

/** A method that behaves as on some share, until disposed. */
function replaced<T extends object, K extends keyof T>(
  owner: T,
  name: K,
  method: (real: T[K]) => T[K],
): Disposable {
  const real = owner[name];
  owner[name] = method(real);
  return { [Symbol.dispose]: () => void (owner[name] = real) };
}

function changingNumbers(): Disposable {
  let next = 1_000_000;
  return replaced(Deno, "lstat", (real) => async (path) => {
    const info = await real(path);
    return info.isFile ? { ...info, ino: next++ } : info;
  });
}

Deno.test("locks name a share that has none, and the way out", async () => {
  await using folder = await TemporaryFolder.make();
  const path = folder.join("home", "a.lock");
  using _noLocks = replaced(
    Deno.FsFile.prototype,
    "tryLock",
    () => () => Promise.reject(new Error("No locks available (os error 37)")),
  );
  const clock = fakeClock();
  const { signal } = new AbortController();
  const options = { clock, signal, waitMilliseconds: 0, onWait: () => {} };
  for (
    const locking of [
      () => lockFile(path, { clock }),
      () => tryLockFile(path),
      () => lockTemporarily(path, options),
    ]
  ) {
    await assert.rejects(locking, (error) => {
      appError("store_unwritable", /"\S+a\.lock".+gives no lock/)(error);
      assert.match(String((error as { hints?: unknown }).hints), /local disk/);
      return true;
    });
  }
});

Deno.test("openDatabase() and readDatabase() name a share without shared memory, and a full disk is another fault", async () => {
  await using folder = await TemporaryFolder.make();
  const path = folder.join("home", "ledger.db");
  (await openDatabase(path))[Symbol.dispose]();
  const alone = new WeakSet<object>();
  using _noSharedMemory = replaced(
    DatabaseSync.prototype,
    "exec",
    (real) =>
      function (this: DatabaseSync, sql: string) {
        if (sql.includes("EXCLUSIVE")) alone.add(this);
        if (sql.startsWith("SELECT") && !alone.has(this)) {
          throw new Error("disk I/O error");
        }
        return real.call(this, sql);
      },
  );
  const unfit = appError("store_unwritable", /no processes share memory/);
  await assert.rejects(openDatabase(path), unfit);
  await assert.rejects(readDatabase(path), unfit);
  assert.deepEqual(
    (await Array.fromAsync(Deno.readDir(folder.join("home"))))
      .map(({ name }) => name),
    ["ledger.db"],
  );
  using _full = replaced(Deno, "writeFileSync", () => () => {
    throw new Error("No space left on device (os error 28)");
  });
  const full = appError("store_unwritable", /disk I\/O error$/);
  await assert.rejects(openDatabase(path), full);
});

Deno.test("a share that changes the numbers of files is named as such", async () => {
  await using folder = await TemporaryFolder.make();
  const home = folder.join("home");
  const lock = folder.join("home", "a.lock");
  const clock = fakeClock();
  using database = await openDatabase(`${home}/ledger.db`);
  await privateFiles.write(`${home}/a`, new Uint8Array([1]));
  (await lockFile(lock, { clock }))[Symbol.dispose]();
  const unsteady = appError("store_unwritable", /changes the numbers of files/);
  using _changing = changingNumbers();
  await assert.rejects(database.isCurrent(), unsteady);
  await assert.rejects(lockFile(lock, { clock }), unsteady);
  await assert.rejects(privateFiles.read(`${home}/a`), unsteady);
});
