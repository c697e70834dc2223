import assert from "node:assert/strict";
import { NOON } from "../../system/fake_clock.ts";
import { newEntry, type Settlement } from "../../../src/upload/ledger/entry.ts";
import {
  ONCE,
  quietLedger,
  REJECTED,
  reportKey,
  stand,
  UPLOADED,
  WAITING,
} from "./ledgers.ts";

Deno.test("claim() of a new report gives an entry that nothing is known of", async () => {
  await using opened = await stand();
  const { ledger } = opened;
  const claim = await ledger.claim(reportKey(1), ONCE);
  const expected = {
    ...reportKey(1),
    run: reportKey(1).digest,
    state: "sending",
    attempts: 0,
    httpStatus: null,
    cause: null,
    testRunId: null,
    isUnknown: false,
    isPossiblyDuplicate: false,
    createdAt: NOON,
    nextTryAt: null,
    issues: [],
  };
  assert.ok(claim.kind === "claimed");
  const { updatedAt: _claimed, ...entry } = claim.entry;
  assert.deepEqual(entry, { ...expected, createdAt: entry.createdAt });
  const { updatedAt: _found, ...found } = ledger.find(reportKey(1)) ??
    assert.fail();
  assert.deepEqual(found, { ...expected, createdAt: found.createdAt });
});

Deno.test("claim() of what is being sent is busy, here and in another process", async () => {
  await using opened = await stand();
  await using other = await quietLedger(opened.system);
  await other.ledger.begin();
  assert.equal((await opened.ledger.claim(reportKey(1), ONCE)).kind, "claimed");
  for (const { ledger } of [opened, other]) {
    const force = { again: true, rejectedToo: true };
    assert.deepEqual(await ledger.claim(reportKey(1), force), { kind: "busy" });
  }
  const elsewhere = reportKey(1, { address: "other.standcloud.io" });
  assert.equal((await other.ledger.claim(elsewhere, ONCE)).kind, "claimed");
});

Deno.test("claim() by two processes at once goes to one of them, for each of 100 reports", async () => {
  await using first = await stand();
  await using second = await quietLedger(first.system);
  await second.ledger.begin();
  const numbers = Array.from({ length: 100 }, (_, number) => number);
  const kinds = await Promise.all(
    numbers.map((number) =>
      Promise.all(
        [first, second].map(async ({ ledger }) =>
          (await ledger.claim(reportKey(number), ONCE)).kind
        ),
      )
    ),
  );
  for (const pair of kinds) {
    assert.deepEqual(pair.toSorted(), ["busy", "claimed"]);
  }
});

const FATES: Record<
  string,
  [Settlement, [plain: string, again: string, rejectedToo: string]]
> = {
  uploaded: [UPLOADED, ["uploaded", "claimed", "uploaded"]],
  rejected: [REJECTED, ["rejected", "rejected", "claimed"]],
  waiting: [WAITING, ["claimed", "claimed", "claimed"]],
};

for (const [state, [settlement, kinds]] of Object.entries(FATES)) {
  Deno.test(`claim() of what is ${state} depends on what is wanted`, async () => {
    await using opened = await stand();
    const { ledger } = opened;
    const wishes = [
      ONCE,
      { again: true, rejectedToo: false },
      { again: false, rejectedToo: true },
    ];
    for (const [index, wish] of wishes.entries()) {
      const key = reportKey(index);
      await ledger.claim(key, ONCE);
      await ledger.settle(key, settlement);
      assert.equal((await ledger.claim(key, wish)).kind, kinds[index]);
    }
  });
}

Deno.test("settle() adds up the requests and keeps what an answer does not tell", async () => {
  await using opened = await stand();
  const { ledger, system } = opened;
  const key = reportKey(1);
  await ledger.claim(key, ONCE);
  await ledger.settle(key, {
    ...WAITING,
    requests: 2,
    isUnknown: true,
    isPossiblyDuplicate: true,
    testRunId: "run-7",
    nextTryAt: new Date(NOON.getTime() + 5000),
  });
  const waiting = ledger.find(key) ?? assert.fail();
  assert.equal(waiting.nextTryAt?.getTime(), NOON.getTime() + 5000);
  assert.equal(waiting.isUnknown, true);

  system.clock.advance(60_000);
  const claim = await ledger.claim(key, ONCE);
  assert.ok(claim.kind === "claimed" && claim.entry.isUnknown);
  await ledger.settle(key, { ...UPLOADED, httpStatus: null, testRunId: null });
  const { updatedAt, createdAt, ...entry } = ledger.find(key) ??
    assert.fail();
  assert.deepEqual(entry, {
    ...key,
    run: key.digest,
    state: "uploaded",
    attempts: 3,
    httpStatus: 503,
    cause: null,
    testRunId: "run-7",
    isUnknown: false,
    isPossiblyDuplicate: true,
    nextTryAt: null,
    issues: [],
  });
  assert.ok(updatedAt.getTime() - createdAt.getTime() >= 60_000);
});

Deno.test("keep() lets a report wait, unless it is uploaded or being sent", async () => {
  await using opened = await stand();
  const { ledger } = opened;
  const [fresh, uploaded, sending, rejected] = [1, 2, 3, 4].map((number) =>
    reportKey(number)
  ) as [Key, Key, Key, Key];
  await ledger.claim(uploaded, ONCE);
  await ledger.settle(uploaded, UPLOADED);
  await ledger.claim(sending, ONCE);
  await ledger.claim(rejected, ONCE);
  await ledger.settle(rejected, REJECTED);
  const keys = [fresh, uploaded, sending, rejected];
  const states = await Promise.all(
    keys.map(async (key) =>
      (await ledger.keep(key, { cause: "no network" })).state
    ),
  );
  assert.deepEqual(states, ["waiting", "uploaded", "sending", "waiting"]);
  assert.equal(ledger.find(fresh)?.cause, "no network");
  assert.equal(ledger.find(uploaded)?.cause, null);
});

type Key = ReturnType<typeof reportKey>;

Deno.test("freeOf() leaves out a run that another report of the same address is, and the one before --force", async () => {
  await using opened = await stand();
  const { ledger } = opened;
  await ledger.claim(reportKey(1), ONCE);
  await ledger.settle(reportKey(1), UPLOADED);
  const free = (key: Key) =>
    ledger.freeOf(
      ["run-1", null, "run-2"],
      ledger.find(key) ?? newEntry(key, new Date()),
    );
  assert.deepEqual(free(reportKey(2)), [null, "run-2"]);
  assert.deepEqual(free(reportKey(1)), [null, "run-2"]);
  const elsewhere = reportKey(2, { address: "other.standcloud.io" });
  assert.deepEqual(free(elsewhere), ["run-1", null, "run-2"]);
});

Deno.test("twinsOf() counts other reports that could be the same run at StandCloud", async () => {
  await using opened = await stand();
  const { ledger } = opened;
  const [own, other] = [1, 2].map((number) =>
    reportKey(number, { lookUpKey: "PN stand SN 1 2" })
  ) as [ReturnType<typeof reportKey>, ReturnType<typeof reportKey>];
  await ledger.claim(own, ONCE);
  assert.equal(ledger.twinsOf(own), 0);
  await ledger.claim(other, ONCE);
  for (
    const [settlement, expected] of [
      [WAITING, 0],
      [{ ...WAITING, isUnknown: true }, 1],
      [REJECTED, 0],
      [{ ...UPLOADED, testRunId: null }, 1],
      [UPLOADED, 0],
      [{ ...UPLOADED, isPossiblyDuplicate: true }, 1],
    ] as const
  ) {
    assert.equal(ledger.twinsOf(own), 1, "it is being sent");
    await ledger.settle(other, settlement);
    assert.equal(ledger.twinsOf(own), expected, settlement.state);
    await ledger.claim(other, { again: true, rejectedToo: true });
  }
  await ledger.settle(other, UPLOADED);
  // The id is known by which the other one can be told.
  const elsewhere = { ...own, address: "other.standcloud.io" };
  assert.equal(ledger.twinsOf(elsewhere), 0);
  await ledger.claim(reportKey(3), ONCE);
  assert.equal(ledger.twinsOf(reportKey(3)), 0);
  // Of a program that notes no key: what is known must do.
  const noted = (number: number, lookUpKey: string | null) =>
    reportKey(number, { serialNumber: "SN", lookUpKey });
  await ledger.claim(noted(4, null), ONCE);
  await ledger.settle(noted(4, null), { ...WAITING, isUnknown: true });
  await ledger.claim(noted(5, "PN stand SN 3 4"), ONCE);
  assert.equal(ledger.twinsOf(noted(5, null)), 1);
});
