import assert from "node:assert/strict";
import { setExportedStage, writeRuns } from "../support/courier.ts";
import { counted, outcomesOf } from "../support/outcomes.ts";
import { eventsOf } from "../support/running_program.ts";

const JSON_RUN = ["upload", "--json", "--retry-for", "0"];

for (const lines of ["last", "first"]) {
  Deno.test(`upload of a bundle writes receipts anew that were cut off in their ${lines} line`, async () => {
    await using stage = await setExportedStage();
    const { pc, path, stand } = stage;
    const receipts = path("b.receipts.jsonl");
    await pc.run([...JSON_RUN, path("b.zip")]);
    const { size } = await Deno.stat(receipts);
    await Deno.truncate(receipts, lines === "last" ? size - 20 : 20);

    const again = await pc.run([...JSON_RUN, path("b.zip")]);

    assert.equal(again.code, 0);
    assert.match(again.stdout + again.stderr, /cut off; it is written anew/);
    const imported = await stand("history", "import", "--json", receipts);
    assert.equal(imported.code, 0);
    assert.match(imported.stdout, /"uploaded":3/);
  });
}

Deno.test("history retry sends what waits besides a bundle that cannot be used any more", async () => {
  await using stage = await setExportedStage();
  const { pc, path } = stage;
  pc.sandbox.faults.push({
    match: (method) => method === "POST",
    times: 4,
    action: { kind: "respond", status: 503 },
  });
  await pc.run([...JSON_RUN, path("b.zip")]);
  const loose = path("loose");
  await writeRuns(loose, 4);
  await pc.run(["upload", "--retry-for", "0", `${loose}/3.json`]);
  pc.sandbox.faults.length = 0;
  await Deno.writeTextFile(path("b.zip"), "other");

  const retry = await pc.run(["history", "retry", "--json"]);

  assert.equal(retry.code, 6);
  assert.deepEqual(
    outcomesOf(retry).counts,
    counted({ uploaded: 1, waiting: 3 }),
  );
  const [digest] = eventsOf(retry).filter((one) =>
    one["outcome"] === "uploaded"
  )
    .map((one) => String(one["digest"]));
  const done = await pc.run(["history", "retry", digest ?? ""]);
  assert.deepEqual([done.code, done.stderr], [0, ""]);
  assert.match(done.stdout, /^None of these waits for /);
});
