import assert from "node:assert/strict";
import {
  ONCE,
  REJECTED,
  reportKey,
  stand,
  UPLOADED,
  WAITING,
} from "./ledgers.ts";

/** Two stored forms of one run. */
const COMMON = { runKey: "key", serialNumber: "SN" };
const record = reportKey(1, { ...COMMON, form: "record" });
const report = reportKey(2, { ...COMMON, form: "report" });

Deno.test("claim() of a form whose run is being sent in another form is busy", async () => {
  await using opened = await stand();
  const { ledger } = opened;
  await ledger.claim(record, ONCE);
  assert.equal((await ledger.claim(report, ONCE)).kind, "busy");
});

Deno.test("claim() of a form whose run is uploaded in another form joins it, unless it is to be sent again", async () => {
  await using opened = await stand();
  const { ledger } = opened;
  await ledger.claim(record, ONCE);
  await ledger.settle(record, UPLOADED);
  const claim = await ledger.claim(report, ONCE);
  assert.ok(claim.kind === "uploaded");
  assert.equal(claim.entry.testRunId, "run-1");
  assert.equal(ledger.find(report)?.state, "uploaded");
  const again = await ledger.claim(report, { ...ONCE, again: true });
  assert.equal(again.kind, "claimed");
});

Deno.test("claim() of a form looks first when another form may have arrived", async () => {
  await using opened = await stand();
  const { ledger } = opened;
  await ledger.claim(record, ONCE);
  await ledger.settle(record, { ...WAITING, isUnknown: true });
  const claim = await ledger.claim(report, ONCE);
  assert.ok(claim.kind === "claimed");
  assert.equal(claim.entry.isUnknown, true);
  await ledger.settle(report, { ...WAITING, isUnknown: true });
  const again = await ledger.claim({ ...report, mayBeStored: false }, ONCE);
  assert.ok(again.kind === "claimed");
  assert.equal(ledger.find(report)?.isUnknown, true);
});

Deno.test("settle() of a form uploads the other forms that wait, with its id", async () => {
  await using opened = await stand();
  const { ledger } = opened;
  await ledger.keep(record, { cause: "no network" });
  await ledger.claim(report, ONCE);
  await ledger.settle(report, UPLOADED);
  const { state, testRunId, cause } = ledger.find(record) ?? assert.fail();
  assert.deepEqual([state, testRunId, cause], ["uploaded", "run-1", null]);
});

Deno.test("record() takes over what came by stick, unless it is uploaded or being sent here", async () => {
  await using opened = await stand();
  const { ledger } = opened;
  const [fresh, sending, done] = [reportKey(3), reportKey(4), reportKey(5)];
  await ledger.claim(sending, ONCE);
  await ledger.claim(done, ONCE);
  await ledger.settle(done, UPLOADED);
  for (const key of [fresh, sending, done]) await ledger.record(key, REJECTED);
  const states = [fresh, sending, done].map((key) => ledger.find(key)?.state);
  assert.deepEqual(states, ["rejected", "sending", "uploaded"]);
});

Deno.test("keep() of a run that may have arrived goes on saying so", async () => {
  await using opened = await stand();
  const { ledger } = opened;
  await ledger.claim(record, ONCE);
  await ledger.settle(record, { ...WAITING, isUnknown: true });
  await ledger.keep(record, { cause: "no network" });
  const { isUnknown, cause } = ledger.find(record) ?? assert.fail();
  assert.deepEqual([isUnknown, cause], [true, "no network"]);
});
