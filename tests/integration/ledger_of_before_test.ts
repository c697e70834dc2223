import { deepStrictEqual as equal, ok } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { copy } from "../support/copy_folder.ts";
import { fromRoot } from "../../scripts/compile/paths.ts";
import { JSON_RUN, planOf } from "../support/live_runs.ts";
import { named } from "../support/outcomes.ts";
import { setLoggedInStage, type Stage } from "../support/stage.ts";
import { sentRuns, StandFolder } from "../support/stand_folder.ts";

/**
 * A stand of HardPy 0.25.2 on which the version of this program before stored
 * runs was at work. That one sent history files without `rev`, which StandCloud
 * refused.
 */
async function standOfBefore(stage: Stage): Promise<StandFolder> {
  const stand = new StandFolder("0.25.2");
  await copy(stand.path, planOf(stage));
  const dump = fromRoot("tests/testdata/ledgers/version-4.sql");
  const sql = (await Deno.readTextFile(dump))
    .replaceAll("ADDRESS", stage.sandbox.address)
    .replaceAll("STAND", stage.folder.path);
  const path = `${stage.home}/ledger.db`;
  new DatabaseSync(path).exec(sql);
  await Deno.chmod(path, 0o600);
  return stand;
}

/** Runs that only a history file holds, which was refused. */
const LOST = ["1796043558 VA-000001", "1796043576 VA-000005"];

Deno.test("upload sends nothing again that a ledger of version 4 calls uploaded, and what it lost", async () => {
  await using stage = await setLoggedInStage();
  await standOfBefore(stage);

  // Some runs name neither part nor stand.
  equal((await stage.run([...JSON_RUN, planOf(stage)])).code, 5);

  equal(sentRuns(stage), LOST);
  const { stdout } = await stage.run(["history", "--rejected", "--json"]);
  ok(!stdout.includes(`"state":"rejected"`), stdout);
});

Deno.test("upload --dry-run and --export know what a ledger of version 4 calls uploaded", async () => {
  await using stage = await setLoggedInStage();
  await standOfBefore(stage);
  const bundle = stage.folder.join("b.zip");
  for (
    const [flags, outcome] of [
      [["--dry-run"], "would_upload"],
      [["--export", bundle], "exported"],
    ] as const
  ) {
    const args = ["upload", "--json", ...flags, planOf(stage)];
    const result = await stage.run([...args]);
    const serials = named(result, "report")
      .filter((report) => report["outcome"] === outcome)
      .map((report) => report["serial_number"]);
    equal(serials, ["VA-000001", "VA-000005"], flags[0]);
  }
});

Deno.test("history retry sends what a ledger of version 4 calls rejected, by the digest that it knows", async () => {
  await using stage = await setLoggedInStage();
  await standOfBefore(stage);
  const before = await stage.run(["history", "--rejected", "--json"]);
  const [lost] = named(before, "history")
    .filter((entry) => String(entry["source"]).includes("1796043558576"));

  const args = ["history", "retry", String(lost?.["digest"])];
  equal((await stage.run(args)).code, 0);

  equal(sentRuns(stage), [LOST[0]]);
});

/** What HardPy and people do to the folder between two uploads. */
const CHANGES: Readonly<Record<string, (plan: string) => Promise<unknown>>> = {
  "HardPy's panel has emptied the queue": (plan) =>
    Deno.remove(`${plan}/.hardpy/storage/tempstore`, { recursive: true }),
  "only histories are left": async (plan) => {
    await Deno.remove(`${plan}/.hardpy/storage/tempstore`, { recursive: true });
    await Deno.remove(`${plan}/reports`, { recursive: true });
    await Deno.remove(`${plan}/.hardpy/storage/runstore/localhost_8000.json`);
  },
  "HardPy's next run has replaced the record": (plan) =>
    replaceRecord(`${plan}/.hardpy/storage/runstore/localhost_8000.json`),
};

const NEXT = "1796044098 PC-000300";

/** By a run that ended later. */
async function replaceRecord(path: string): Promise<void> {
  const run = JSON.parse(await Deno.readTextFile(path));
  run["start_time"] = 1_796_044_098;
  run["stop_time"] = 1_796_044_099;
  run.dut["serial_number"] = "PC-000300";
  await Deno.writeTextFile(path, JSON.stringify(run));
  const then = new Date(Date.now() - 60_000);
  await Deno.utime(path, then, then);
}

for (const [title, change] of Object.entries(CHANGES)) {
  Deno.test(`upload sends nothing again that a ledger of version 4 calls uploaded when ${title}`, async () => {
    await using stage = await setLoggedInStage();
    await standOfBefore(stage);
    await change(planOf(stage));
    await stage.run([...JSON_RUN, planOf(stage)]);
    const isNext = title.includes("next run");
    equal(sentRuns(stage), isNext ? [...LOST, NEXT].sort() : LOST);
    await stage.run([...JSON_RUN, planOf(stage)]);
    equal(stage.sandbox.reports.length, isNext ? 3 : 2);
  });
}

Deno.test("upload of one file after another sends nothing again that a ledger of version 4 calls uploaded", async () => {
  await using stage = await setLoggedInStage();
  await standOfBefore(stage);
  const folder = `${planOf(stage)}/.hardpy/storage/runstore`;
  const entries = await Array.fromAsync(Deno.readDir(folder));
  for (const name of entries.map((entry) => entry.name).sort()) {
    await stage.run([...JSON_RUN, `${folder}/${name}`]);
  }
  equal(sentRuns(stage), LOST);
});

Deno.test("history retry of a ledger of version 4 sends what is lost, and nothing again", async () => {
  await using stage = await setLoggedInStage();
  await standOfBefore(stage);
  await stage.run(["history", "retry"]);
  equal(sentRuns(stage), LOST);
  await stage.run([...JSON_RUN, planOf(stage)]);
  equal(sentRuns(stage), LOST);
});

Deno.test("upload sends nothing again when the rejected entries of a ledger of version 4 are forgotten", async () => {
  await using stage = await setLoggedInStage();
  await standOfBefore(stage);
  await stage.run(["history", "forget", "--rejected"]);
  await stage.run([...JSON_RUN, planOf(stage)]);
  equal(sentRuns(stage), LOST);
});
