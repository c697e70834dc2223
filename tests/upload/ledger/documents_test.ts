import assert from "node:assert/strict";
import { ONCE, reportKey, stand, UPLOADED, WAITING } from "./ledgers.ts";

Deno.test("documentOf() gives what came through stdin until it is uploaded", async () => {
  await using opened = await stand();
  const { ledger } = opened;
  const [claimed, kept] = [reportKey(1), reportKey(2)];
  await ledger.claim(claimed, {
    ...ONCE,
    document: { wire: '{"a":1}', run: null },
  });
  await ledger.keep(kept, {
    cause: "no network",
    document: { wire: '{"b":2}', run: null },
  });
  await ledger.settle(claimed, WAITING);
  assert.equal(ledger.documentOf(claimed), '{"a":1}');
  assert.equal(ledger.documentOf(kept), '{"b":2}');
  await ledger.claim(claimed, ONCE);
  await ledger.settle(claimed, UPLOADED);
  assert.equal(ledger.documentOf(claimed), undefined);
});

/** A state of one run. */
function stateKey(
  number: number,
  changes: Parameters<typeof reportKey>[1] = {},
): ReturnType<typeof reportKey> {
  return reportKey(number, { serialNumber: "SN", ...changes });
}

Deno.test("keep() and claim() of a later state of a run drop the earlier ones that wait", async () => {
  await using opened = await stand();
  const { ledger } = opened;
  const document = (wire: string, run: string) => ({ wire, run });
  const keep = (number: number, changes = {}, run = "a run") =>
    ledger.keep(stateKey(number, changes), {
      cause: "HardPy may add to it",
      document: document(`${number}`, run),
    });
  await keep(1);
  await ledger.claim(stateKey(2), {
    ...ONCE,
    document: document("2", "a run"),
  });
  await keep(3, {}, "another run");
  await keep(4, { address: "other.standcloud.io" });
  await keep(5);
  assert.equal(ledger.find(reportKey(1)), undefined);
  assert.equal(ledger.documentOf(reportKey(1)), undefined);
  const options = { ...ONCE, document: document("6", "a run") };
  assert.equal((await ledger.claim(stateKey(6), options)).kind, "claimed");
  const left = [2, 3, 5, 6].map((number) => [
    ledger.find(reportKey(number))?.state,
    ledger.documentOf(reportKey(number)),
  ]);
  assert.deepEqual(left, [
    ["sending", "2"],
    ["waiting", "3"],
    [undefined, undefined],
    ["sending", "6"],
  ]);
  const elsewhere = reportKey(4, { address: "other.standcloud.io" });
  assert.equal(ledger.documentOf(elsewhere), "4");
});

Deno.test("settle() of an earlier state that waits again lets it go when a later one has come meanwhile", async () => {
  await using opened = await stand();
  const { ledger } = opened;
  const document = { wire: "{}", run: "a run" };
  for (const number of [1, 2]) {
    await ledger.claim(reportKey(number), { ...ONCE, document });
  }
  await ledger.settle(reportKey(1), WAITING);
  await ledger.settle(reportKey(2), WAITING);
  assert.equal(ledger.find(reportKey(1)), undefined);
  assert.equal(ledger.find(reportKey(2))?.state, "waiting");
  await ledger.claim(reportKey(2), ONCE);
  await ledger.settle(reportKey(2), WAITING);
  assert.equal(ledger.find(reportKey(2))?.attempts, 2);
});
