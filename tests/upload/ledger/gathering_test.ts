import assert from "node:assert/strict";
import { TemporaryFolder } from "../../support/temporary_folder.ts";
import { fakeClock } from "../../system/fake_clock.ts";
import { fakeSystem } from "../../system/fake_system.ts";
import { ONCE, quietLedger, reportKey, UPLOADED } from "./ledgers.ts";

Deno.test("settle() of the last claim does not wait for others to come", async () => {
  await using folder = await TemporaryFolder.make();
  const { clock, ...system } = fakeSystem(folder.path);
  const fake = fakeClock();
  const slept: number[] = [];
  const slow: typeof clock = {
    ...fake,
    monotonic() {
      fake.advance(1);
      return fake.monotonic();
    },
    sleep(milliseconds) {
      slept.push(milliseconds);
      return fake.sleep(milliseconds);
    },
  };
  await using opened = await quietLedger({ ...system, clock: slow });
  const { ledger } = opened;
  await ledger.begin();
  slept.length = 0;
  await ledger.claim(reportKey(1), ONCE);
  await ledger.settle(reportKey(1), UPLOADED);
  assert.deepEqual(slept, [0, 0]);
  await ledger.claim(reportKey(2), ONCE);
  await ledger.claim(reportKey(3), ONCE);
  await ledger.settle(reportKey(2), UPLOADED);
  await ledger.settle(reportKey(3), UPLOADED);
  const gathered = slept.slice(2).map((milliseconds) => milliseconds > 0);
  assert.deepEqual(gathered, [true, true, true, false]);
});
