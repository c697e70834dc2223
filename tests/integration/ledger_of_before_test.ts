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
