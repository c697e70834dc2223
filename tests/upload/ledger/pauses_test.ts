import assert from "node:assert/strict";
import { ADDRESS, ONCE, reportKey, stand, WAITING } from "./ledgers.ts";

Deno.test("pause() lets the longest one count, for one address and until it is over", async () => {
  await using opened = await stand();
  const { ledger, system: { clock } } = opened;
  const now = clock.now().getTime();
  const pause = (seconds: number, cause: string) =>
    ledger.pauses.ask(ADDRESS, {
      until: new Date(now + seconds * 1000),
      cause,
    });
  await pause(60, "long");
  await pause(10, "short");
  assert.equal(ledger.pauses.of(ADDRESS)?.cause, "long");
  assert.equal(ledger.pauses.of("other.standcloud.io"), undefined);
  clock.advance(60_001);
  assert.equal(ledger.pauses.of(ADDRESS), undefined);
});

Deno.test("Pauses.of() forgets a pause that only a clock that was set back can explain", async () => {
  await using opened = await stand();
  const { ledger, system: { clock } } = opened;
  const now = clock.now().getTime();
  await ledger.pauses.ask(ADDRESS, {
    until: new Date(now + 60_000),
    cause: "busy",
  });
  clock.setBack(60_000);
  assert.equal(ledger.pauses.of(ADDRESS), undefined);
  const until = new Date(clock.now().getTime() + 5000);
  await ledger.pauses.ask(ADDRESS, { until, cause: "again" });
  assert.deepEqual(ledger.pauses.of(ADDRESS), { until, cause: "again" });
});

Deno.test("Pauses.end() ends the pause of one address, also for the reports that it kept back", async () => {
  await using opened = await stand();
  const { ledger, history, system: { clock } } = opened;
  const until = new Date(clock.now().getTime() + 60_000);
  for (const [number, address] of [[1, ADDRESS], [2, "other.standcloud.io"]]) {
    const key = reportKey(Number(number), { address: String(address) });
    await ledger.claim(key, ONCE);
    await ledger.settle(key, { ...WAITING, nextTryAt: until });
    await ledger.pauses.ask(key.address, { until, cause: "busy" });
  }
  await ledger.pauses.end(ADDRESS);
  assert.equal(ledger.pauses.of(ADDRESS), undefined);
  assert.deepEqual(ledger.pauses.of("other.standcloud.io")?.until, until);
  const times = [...history.entries({})].map((one) => one.nextTryAt);
  assert.deepEqual(times, [until, null]);
});
