import assert from "node:assert/strict";
import { arrived, setCourierStage, writeRuns } from "../support/courier.ts";
import { named } from "../support/outcomes.ts";

const ONCE = ["upload", "--json", "--retry-for", "0"];

/** A stand that has exported one run, and may send it itself as well. */
async function setStandWithKey(env: Record<string, string> = {}) {
  const stage = await setCourierStage({ apiKeys: ["the-key"] });
  const { pc, path } = stage;
  await writeRuns(path("runs"), 1);
  const keyed = { STANDCLOUD_API_KEY: "the-key" };
  const home = path("stand");
  await pc.run(["upload", "--export", path("b.zip"), path("runs")], {
    home,
    env: { ...keyed, ...env },
  });
  return {
    ...stage,
    sendItself: () => pc.run([...ONCE, path("runs")], { home, env: keyed }),
    failOnce: (status: number) =>
      pc.sandbox.faults.push({
        match: (method) => method === "POST",
        times: 1,
        action: { kind: "respond", status },
      }),
    [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose](),
  };
}

Deno.test("upload of what was exported asks again after a try that failed", async () => {
  await using stage = await setStandWithKey();
  const { pc, path, sendItself, failOnce } = stage;
  failOnce(503);
  assert.equal((await sendItself()).code, 6);
  assert.equal((await pc.run([...ONCE, path("b.zip")])).code, 0);

  assert.equal((await sendItself()).code, 0);

  assert.equal(arrived(pc).length, 1);
});

Deno.test("upload asks first what became of a run that a receipt says the PC could not bring to its end", async () => {
  // Exported without an address: the stand kept nothing of it.
  await using stage = await setStandWithKey({ STANDCLOUD_ADDRESS: "" });
  const { pc, path, sendItself } = stage;
  pc.sandbox.faults.push({
    match: (method) => method === "POST",
    times: 1,
    action: { kind: "commit_then_drop" },
  });
  assert.equal((await pc.run([...ONCE, path("b.zip")])).code, 6);
  const receipts = path("b.receipts.jsonl");
  const imported = await stage.stand("history", "import", receipts);
  assert.equal(imported.code, 6);
  const waiting = await stage.stand("history", "--waiting", "--json");
  assert.equal(named(waiting, "history").length, 1);

  assert.equal((await sendItself()).code, 0);

  assert.equal(arrived(pc).length, 1);
});
