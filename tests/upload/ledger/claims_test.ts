import assert from "node:assert/strict";
import { openDatabase } from "../../../src/system/database.ts";
import { listing, TemporaryFolder } from "../../support/temporary_folder.ts";
import { type Child, startChild } from "../../system/child.ts";
import { fakeSystem } from "../../system/fake_system.ts";
import { ONCE, quietLedger, reportKey, UPLOADED } from "./ledgers.ts";

/** A process that has claimed report 1 at this home. */
async function claimer(home: string): Promise<Child> {
  const child = startChild("hold_claim.ts", { args: [home] });
  assert.equal(await child.line(), "claimed");
  return child;
}

async function lockFiles(home: string): Promise<number> {
  return (await listing(home, "claims")).length;
}

Deno.test("recover() leaves the claim of a process that lives", async () => {
  await using folder = await TemporaryFolder.make();
  await using _child = await claimer(folder.path);
  await using opened = await quietLedger(fakeSystem(folder.path));
  await opened.ledger.begin();
  assert.equal(opened.ledger.find(reportKey(1))?.state, "sending");
  assert.equal((await opened.ledger.claim(reportKey(1), ONCE)).kind, "busy");
});

Deno.test("recover() frees the claim of a process that was killed, whose outcome nobody knows", async () => {
  await using folder = await TemporaryFolder.make();
  await using child = await claimer(folder.path);
  await using opened = await quietLedger(fakeSystem(folder.path));
  const { ledger } = opened;
  await ledger.begin();
  child.kill("SIGKILL");
  await child.status;
  assert.equal(await lockFiles(folder.path), 2);

  await ledger.recover();

  const { state, isUnknown, cause } = ledger.find(reportKey(1)) ??
    assert.fail();
  assert.deepEqual([state, isUnknown, cause], [
    "waiting",
    true,
    "The program ended before an answer came",
  ]);
  assert.equal(await lockFiles(folder.path), 1);
  const claim = await ledger.claim(reportKey(1), ONCE);
  assert.ok(claim.kind === "claimed" && claim.entry.isUnknown);
});

Deno.test("recover() lets a damaged owner choose no file", async () => {
  await using folder = await TemporaryFolder.make();
  await using opened = await quietLedger(fakeSystem(folder.path));
  await opened.ledger.begin();
  await opened.ledger.claim(reportKey(1), ONCE);
  const victim = await folder.write("victim.lock", "mine");
  {
    using database = await openDatabase(folder.join("ledger.db"));
    database.run("UPDATE reports SET owner = '../victim'");
  }
  await opened.ledger.recover();
  assert.equal(opened.ledger.find(reportKey(1))?.state, "waiting");
  assert.equal(await Deno.readTextFile(victim), "mine");
});

Deno.test("a ledger that is closed frees what was not settled, and leaves no lock", async () => {
  await using folder = await TemporaryFolder.make();
  {
    await using opened = await quietLedger(fakeSystem(folder.path));
    await opened.ledger.begin();
    for (const number of [1, 2]) {
      await opened.ledger.claim(reportKey(number), ONCE);
    }
    await opened.ledger.settle(reportKey(2), UPLOADED);
    assert.equal(await lockFiles(folder.path), 1);
  }
  assert.equal(await lockFiles(folder.path), 0);
  await using again = await quietLedger(fakeSystem(folder.path));
  const found = [1, 2].map((number) => again.ledger.find(reportKey(number)));
  assert.deepEqual(
    found.map((entry) => [entry?.state, entry?.isUnknown]),
    [["waiting", true], ["uploaded", false]],
  );
});

Deno.test("recover() takes away the lock of a process that was killed without a claim, and no other file", async () => {
  await using folder = await TemporaryFolder.make();
  await using opened = await quietLedger(fakeSystem(folder.path));
  await opened.ledger.begin();
  await Deno.writeTextFile(
    folder.join("claims", `${crypto.randomUUID()}.lock`),
    "",
  );
  await Deno.writeTextFile(folder.join("claims", "mine.txt"), "");
  await opened.ledger.recover();
  assert.equal(await lockFiles(folder.path), 2);
});
