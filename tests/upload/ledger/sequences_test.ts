import { deepStrictEqual as equal } from "node:assert/strict";
import { systemClock } from "../../../src/system/clock.ts";
import { openDatabase } from "../../../src/system/database.ts";
import { Batch } from "../../../src/upload/ledger/batch.ts";
import { migrate } from "../../../src/upload/ledger/schema.ts";
import { Sequences } from "../../../src/upload/ledger/sequences.ts";

Deno.test("Sequences keep the last sequence of each database and address", async () => {
  using database = await openDatabase(":memory:");
  migrate(database, "ledger.db");
  const interrupted = new AbortController().signal;
  const batch = new Batch(database, { clock: systemClock, interrupted });
  const sequences = new Sequences(database, batch);
  const key = {
    address: "a.example",
    database: "http://localhost:5984/report",
  };
  equal(sequences.find(key), undefined);
  await sequences.save(key, { instance: "1", sequence: "5-abc" });
  await sequences.save(key, { instance: "1", sequence: "7-abc" });
  await sequences.save({ ...key, address: "b.example" }, {
    instance: "2",
    sequence: "1",
  });
  equal(sequences.find(key), { instance: "1", sequence: "7-abc" });
});
