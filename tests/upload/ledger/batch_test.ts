import assert from "node:assert/strict";
import { systemClock } from "../../../src/system/clock.ts";
import { type Database, openDatabase } from "../../../src/system/database.ts";
import { DatabaseBusy } from "../../../src/system/database_errors.ts";
import { fakeClock } from "../../system/fake_clock.ts";
import { Batch } from "../../../src/upload/ledger/batch.ts";

const NEVER = new AbortController().signal;

/** A batch over a table of numbers, which counts its transactions. */
async function counting(): Promise<
  { batch: Batch; database: Database; transactions: () => number }
> {
  const database = await openDatabase(":memory:");
  database.run("CREATE TABLE numbers (number INTEGER UNIQUE)");
  let count = 0;
  const counted: Database = {
    ...database,
    transaction(work) {
      count++;
      return database.transaction(work);
    },
  };
  const batch = new Batch(counted, { clock: systemClock, interrupted: NEVER });
  return { batch, database, transactions: () => count };
}

Deno.test("add() puts what comes together into one transaction", async () => {
  const { batch, database, transactions } = await counting();
  const insert = (number: number) => () => {
    database.run("INSERT INTO numbers VALUES ($number)", { number });
    return number;
  };
  const numbers = Array.from({ length: 100 }, (_, number) => number);
  const added = numbers.map((number) => batch.add(insert(number)));
  assert.deepEqual(await Promise.all(added), numbers);
  assert.equal(transactions(), 1);
  await batch.add(insert(100));
  assert.equal(transactions(), 2);
  const { count } = database.get("SELECT count(*) AS count FROM numbers") ?? {};
  assert.equal(count, 101);
});

Deno.test("add() tells everybody when the transaction fails, and goes on with the next", async () => {
  const { batch, database } = await counting();
  const insert = () => database.run("INSERT INTO numbers VALUES (1)");
  const outcomes = await Promise.allSettled([
    batch.add(insert),
    batch.add(insert),
  ]);
  assert.deepEqual(outcomes.map(({ status }) => status), [
    "rejected",
    "rejected",
  ]);
  await batch.add(insert);
});

/** A batch over a ledger that another process keeps locked for so many tries. */
async function locked(
  tries: number,
  interrupted: AbortSignal = NEVER,
): Promise<{ batch: Batch; clock: ReturnType<typeof fakeClock> }> {
  const database = await openDatabase(":memory:");
  const clock = fakeClock();
  let left = tries;
  const busy: Database = {
    ...database,
    transaction(work) {
      if (left-- > 0) throw new DatabaseBusy("ledger.db", undefined);
      return work();
    },
  };
  return { batch: new Batch(busy, { clock, interrupted }), clock };
}

Deno.test("add() waits while another process keeps the ledger locked, but not for ever", async () => {
  const { batch } = await locked(500);
  assert.equal(await batch.add(() => 7), 7);
  const { batch: stuck, clock } = await locked(Infinity);
  await assert.rejects(stuck.add(() => 7), DatabaseBusy);
  assert.ok(clock.monotonic() >= 60_000 && clock.monotonic() < 61_000);
});

Deno.test("add() waits one minute in all for a lock that does not end, and works when it has ended (duty 60)", async () => {
  const { batch, clock } = await locked(3000);
  await assert.rejects(batch.add(() => 7), DatabaseBusy);
  const begin = clock.monotonic();
  await assert.rejects(batch.add(() => 8), DatabaseBusy);
  assert.equal(clock.monotonic(), begin);
  let value: number | undefined;
  while (value === undefined) {
    value = await batch.add(() => 9).catch(() => undefined);
  }
  assert.equal(value, 9);
});

Deno.test("add() does not wait for another process after Ctrl-C", async () => {
  const { batch, clock } = await locked(Infinity, AbortSignal.abort());
  await assert.rejects(batch.add(() => 7), DatabaseBusy);
  assert.ok(clock.monotonic() < 1000);
});

/** When each of two jobs, one after the other, is durable on a disk that takes so long for a commit. */
async function durableAfter(
  commitMilliseconds: number,
  isAlone = false,
): Promise<number[]> {
  const database = await openDatabase(":memory:");
  const clock = fakeClock();
  const slow: Database = {
    ...database,
    transaction(work) {
      clock.advance(commitMilliseconds);
      return work();
    },
  };
  const batch = new Batch(slow, { clock, interrupted: NEVER });
  const times: number[] = [];
  for (const job of [1, 2]) {
    await batch.add(() => job, isAlone);
    times.push(clock.monotonic());
  }
  return times;
}

Deno.test("add() commits the first job at once, and gathers for the next by how long that took", async () => {
  assert.deepEqual(await durableAfter(1), [1, 1 + 20 + 1]);
  assert.deepEqual(await durableAfter(100), [100, 100 + 50 + 100]);
});

Deno.test("add() gathers nothing for a job that is alone", async () => {
  assert.deepEqual(await durableAfter(100, true), [100, 200]);
});
