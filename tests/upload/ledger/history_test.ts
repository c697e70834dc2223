import assert from "node:assert/strict";
import { openDatabase } from "../../../src/system/database.ts";
import { History } from "../../../src/upload/ledger/history.ts";
import { migrate } from "../../../src/upload/ledger/schema.ts";
import { TemporaryFolder } from "../../support/temporary_folder.ts";
import { NOON } from "../../system/fake_clock.ts";
import { ADDRESS, reportKey } from "./ledgers.ts";

const STATES = [
  "uploaded",
  "waiting",
  "rejected",
  "sending",
  "held",
  "superseded",
] as const;

/** How long before its last change a report was noted, in milliseconds. */
const AGE = 500;

/** A ledger of reports whose number is also the second in which they changed. */
async function ledgerOf(
  reports: number,
  path = ":memory:",
): Promise<Disposable & { history: History }> {
  const database = await openDatabase(path);
  migrate(database, path);
  database.transaction(() => {
    for (let number = 0; number < reports; number++) {
      const { digest, source, ...facts } = reportKey(number);
      const state = STATES[number % STATES.length] ?? "waiting";
      const time = timeOf(number);
      database.run(
        `INSERT INTO reports (address, digest, state, source, bytes,
          serial_number, part_number, created_at, updated_at)
        VALUES ($address, $digest, $state, $source, 1, $serial, $part,
          $created, $time)`,
        {
          address: ADDRESS,
          digest,
          state,
          source,
          serial: facts.serialNumber,
          part: facts.partNumber,
          created: time - AGE,
          time,
        },
      );
    }
  });
  return {
    history: new History(database),
    [Symbol.dispose]: () => database[Symbol.dispose](),
  };
}

function timeOf(number: number): number {
  return NOON.getTime() + number * 1000;
}

function numbers(entries: Iterable<{ source: string }>): number[] {
  return [...entries].map(({ source }) => Number(/\d+/.exec(source)));
}

Deno.test("entries() gives all of them, the last change first, page by page", async () => {
  using ledger = await ledgerOf(2500);
  assert.deepEqual(
    numbers(ledger.history.entries({})),
    Array.from({ length: 2500 }, (_, index) => 2499 - index),
  );
});

Deno.test("entries() gives each one of many that changed in the same moment", async () => {
  await using folder = await TemporaryFolder.make();
  const path = folder.join("ledger.db");
  using ledger = await ledgerOf(2500, path);
  {
    using database = await openDatabase(path);
    database.run("UPDATE reports SET updated_at = 7");
  }
  const found = numbers(ledger.history.entries({}));
  assert.equal(new Set(found).size, 2500);
});

Deno.test("entries() filters by state, time and address, and stops at the limit", async () => {
  using ledger = await ledgerOf(12);
  const { history } = ledger;
  assert.deepEqual(numbers(history.entries({ state: "waiting" })), [7, 1]);
  const since = new Date(timeOf(9));
  assert.deepEqual(numbers(history.entries({ since })), [11, 10, 9]);
  assert.deepEqual(numbers(history.entries({ since, state: "held" })), [10]);
  assert.deepEqual(numbers(history.entries({ limit: 2 })), [11, 10]);
  assert.deepEqual(numbers(history.entries({ address: "other" })), []);
  assert.equal(numbers(history.entries({ address: ADDRESS })).length, 12);
});

Deno.test("summary() counts each state, and knows the oldest wait and the last upload", async () => {
  using ledger = await ledgerOf(12);
  assert.deepEqual(ledger.history.summary(), {
    counts: {
      uploaded: 2,
      waiting: 2,
      rejected: 2,
      sending: 2,
      held: 2,
      superseded: 2,
    },
    oldestWaitingAt: new Date(timeOf(1) - AGE),
    lastUploadedAt: new Date(timeOf(6)),
  });
});

Deno.test("summary() takes a run that is being sent for one that waits still", async () => {
  using ledger = await ledgerOf(4);
  const { history } = ledger;
  for (const entry of history.entries({ state: "waiting" })) {
    history.forget(entry);
  }
  assert.deepEqual(
    history.summary().oldestWaitingAt,
    new Date(timeOf(3) - AGE),
  );
});

Deno.test("summary() of an empty ledger has only zeros", async () => {
  using ledger = await ledgerOf(0);
  const { counts, ...times } = ledger.history.summary();
  assert.deepEqual(times, { oldestWaitingAt: null, lastUploadedAt: null });
  assert.deepEqual(Object.values(counts), [0, 0, 0, 0, 0, 0]);
  assert.equal(ledger.history.count("held"), 0);
});

Deno.test("entries() filters by serial number and by part number", async () => {
  using ledger = await ledgerOf(12);
  const { history } = ledger;
  assert.deepEqual(numbers(history.entries({ serialNumber: "SN-7" })), [7]);
  assert.deepEqual(numbers(history.entries({ partNumber: "PN" })).length, 12);
  assert.deepEqual(numbers(history.entries({ partNumber: "P" })), []);
  const held = { state: "held", serialNumber: "SN-4" } as const;
  assert.deepEqual(numbers(history.entries(held)), [4]);
});

Deno.test("byPrefix() finds the digests that begin so", async () => {
  using ledger = await ledgerOf(300);
  const { history } = ledger;
  const start = "0".repeat(61);
  assert.deepEqual(numbers(history.byPrefix(`${start}0f`)).length, 16);
  assert.deepEqual(numbers(history.byPrefix(reportKey(7).digest)), [7]);
  assert.deepEqual(history.byPrefix("f"), []);
});

Deno.test("forget() drops a report, but not one that is being sent", async () => {
  using ledger = await ledgerOf(4);
  const { history } = ledger;
  const dropped = [...history.entries({})].map((
    entry,
  ) => [entry.state, history.forget(entry)]);
  assert.deepEqual(dropped, [
    ["sending", false],
    ["rejected", true],
    ["waiting", true],
    ["uploaded", true],
  ]);
  assert.deepEqual(numbers(history.entries({})), [3]);
});
