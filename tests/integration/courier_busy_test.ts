import assert from "node:assert/strict";
import { openDatabase } from "../../src/system/database.ts";
import { tryLockFile } from "../../src/system/file_lock.ts";
import {
  type CourierStage,
  setCourierStage,
  writeRuns,
} from "../support/courier.ts";
import { named } from "../support/outcomes.ts";
import type { ProgramResult } from "../support/running_program.ts";
import { type FakeClock, fakeClock } from "../system/fake_clock.ts";

/** Receipts of a run that the PC has uploaded, and that the stand is sending too. */
async function sending(owner: string): Promise<CourierStage> {
  const stage = await setCourierStage();
  const { pc, stand, path } = stage;
  await writeRuns(path("runs"), 1);
  await stand("upload", "--export", path("b.zip"), path("runs"));
  assert.equal((await pc.run(["upload", path("b.zip")])).code, 0);
  await set(stage, { state: "sending", owner });
  return stage;
}

async function set(
  { path }: CourierStage,
  values: { state: string; owner: string | null },
): Promise<void> {
  using database = await openDatabase(path("stand", "ledger.db"));
  database.run("UPDATE reports SET state = $state, owner = $owner", values);
}

/** As long as it lives, a process with that owner has claims. */
async function living(
  { path }: CourierStage,
  owner: string,
): Promise<Disposable> {
  return await tryLockFile(path("stand", "claims", `${owner}.lock`)) ??
    assert.fail();
}

function imported(
  { pc, path }: CourierStage,
  { clock = fakeClock(), flags = ["--json"] }: {
    clock?: FakeClock;
    flags?: string[];
  } = {},
): Promise<ProgramResult> {
  return pc.run(["history", "import", ...flags, path("b.receipts.jsonl")], {
    home: path("stand"),
    system: { clock },
  });
}

function changes(result: ProgramResult): unknown[] {
  return named(result, "imported").map(({ change }) => change);
}

Deno.test("history import takes over the receipt of a report that was being sent when the program was killed", async () => {
  await using stage = await sending(crypto.randomUUID());
  const result = await imported(stage);
  assert.deepEqual([result.code, changes(result)], [0, ["uploaded"]]);
  const [entry] = named(await stage.stand("history", "--json"), "history");
  assert.equal(entry?.["state"], "uploaded");
});

Deno.test("history import waits a little for a report that is being sent right now", async () => {
  const owner = crypto.randomUUID();
  await using stage = await sending(owner);
  using _process = await living(stage, owner);
  const clock = fakeClock();
  const { sleep } = clock;
  clock.sleep = async (milliseconds) => {
    // Less is the ledger's own pause.
    if (milliseconds >= 100) {
      await set(stage, { state: "waiting", owner: null });
    }
    await sleep(milliseconds);
  };
  const result = await imported(stage, { clock });
  assert.deepEqual([result.code, changes(result)], [0, ["uploaded"]]);
});

Deno.test("history import says that a report is still being sent, and counts it as waiting", async () => {
  const owner = crypto.randomUUID();
  await using stage = await sending(owner);
  using _process = await living(stage, owner);
  const clock = fakeClock();
  const result = await imported(stage, { clock });
  assert.deepEqual([result.code, changes(result)], [6, ["waiting"]]);
  const [event] = named(result, "imported");
  assert.equal(event?.["reason"], "being sent right now; import again");
  assert.ok(clock.monotonic() < 10_000);
  const { code, stdout } = await imported(stage, { flags: [] });
  assert.equal(code, 6);
  assert.match(stdout, /^waiting .*being sent right now; import again/);
});
