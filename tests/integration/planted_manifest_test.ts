import { deepStrictEqual as equal } from "node:assert/strict";
import { planOf, whileWatching } from "../support/live_runs.ts";
import { writeReports } from "../support/many_reports.ts";
import { setLoggedInStage } from "../support/stage.ts";
import { until } from "../support/until.ts";

Deno.test("upload and upload --watch send the runs beside a manifest that was left over or planted (duty 57)", async () => {
  await using stage = await setLoggedInStage();
  await writeReports(planOf(stage), 3);
  await Deno.writeTextFile(
    `${planOf(stage)}/standcloud-manifest.json`,
    "{}",
  );
  await whileWatching(stage, async () => {
    await until(() => stage.sandbox.reports.length === 3);
  });
  equal((await stage.run(["upload", planOf(stage)])).code, 0);
  equal(stage.sandbox.reports.length, 3);
});

Deno.test("upload --watch passes over a bundle that is the folder itself", async () => {
  await using stage = await setLoggedInStage();
  const runs = stage.folder.join("runs");
  const bundle = planOf(stage);
  await writeReports(runs, 2);
  equal((await stage.run(["upload", "--export", bundle, runs])).code, 0);
  await whileWatching(stage, async () => {
    await writeReports(bundle, 1, "LATER");
    await until(() => stage.sandbox.reports.length === 1);
  });
});
