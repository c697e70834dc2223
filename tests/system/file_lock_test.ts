import assert from "node:assert/strict";
import { AppError } from "../../src/system/app_error.ts";
import { systemClock } from "../../src/system/clock.ts";
import { lockFile } from "../../src/system/file_lock.ts";
import { startChild } from "./child.ts";
import { appError } from "./errors.ts";
import { fakeClock } from "./fake_clock.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

Deno.test("lockFile() keeps a second one waiting for a minute, then gives up", async () => {
  await using folder = await TemporaryFolder.make();
  const path = folder.join("logins", "a.lock");
  const clock = fakeClock();
  {
    using _lock = await lockFile(path, { clock });
    await assert.rejects(
      lockFile(path, { clock }),
      appError("store_unwritable", /for 60 s/),
    );
    assert.ok(clock.monotonic() >= 60_000 && clock.monotonic() < 61_000);
  }
  using _lock = await lockFile(path, { clock });
  assert.equal(((await Deno.stat(path)).mode ?? 0) & 0o777, 0o600);
});

Deno.test("lockFile() lets one at a time through", async () => {
  await using folder = await TemporaryFolder.make();
  let inside = 0;
  const most: number[] = [];
  await Promise.all(Array.from({ length: 10 }, async () => {
    using _lock = await lockFile(folder.join("a.lock"), { clock: systemClock });
    most.push(++inside);
    await systemClock.sleep(2);
    inside--;
  }));
  assert.deepEqual(most, Array(10).fill(1));
});

Deno.test("lockFile() stops waiting when the person presses Ctrl-C", async () => {
  await using folder = await TemporaryFolder.make();
  const path = folder.join("a.lock");
  using _lock = await lockFile(path, { clock: systemClock });
  const interrupt = new AbortController();
  const waiting = lockFile(path, {
    clock: systemClock,
    signal: interrupt.signal,
  });
  interrupt.abort(new AppError("interrupted", "Interrupted"));
  await assert.rejects(waiting, appError("interrupted"));
});

Deno.test("lockFile() never follows a link", async () => {
  await using folder = await TemporaryFolder.make();
  await Deno.writeTextFile(folder.join("victim"), "mine");
  await Deno.symlink(folder.join("victim"), folder.join("a.lock"));
  await assert.rejects(
    lockFile(folder.join("a.lock"), { clock: fakeClock() }),
    appError("store_unsafe", /symbolic link/),
  );
  assert.equal(await Deno.readTextFile(folder.join("victim")), "mine");
});

Deno.test("lockFile() says so when the lock cannot be opened", async () => {
  await using folder = await TemporaryFolder.make();
  await Deno.mkdir(folder.join("a.lock"));
  await assert.rejects(
    lockFile(folder.join("a.lock"), { clock: fakeClock() }),
    appError("store_unwritable", /Cannot open the lock/),
  );
});

Deno.test("lockFile() waits for another process, and no longer when that is killed", async () => {
  await using folder = await TemporaryFolder.make();
  const path = folder.join("a.lock");
  await using child = startChild("hold_lock.ts", { args: [path] });
  assert.equal(await child.line(), "locked");
  await assert.rejects(
    lockFile(path, { clock: fakeClock() }),
    appError("store_unwritable"),
  );
  child.kill("SIGKILL");
  await child.status;
  using _lock = await lockFile(path, { clock: systemClock });
});
