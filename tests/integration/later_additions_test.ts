import { deepStrictEqual as equal } from "node:assert/strict";
import {
  finish,
  JSON_RUN,
  planOf,
  serials,
  whileWatching,
} from "../support/live_runs.ts";
import { named } from "../support/outcomes.ts";
import { setLoggedInStage } from "../support/stage.ts";
import { until } from "../support/until.ts";

const ADDED = { artifact: { label: "printed" } };

Deno.test("upload of a run that a slow post-run function has added to since says that StandCloud's copy lacks it", async () => {
  await using stage = await setLoggedInStage();
  await finish(stage, "A");
  equal((await stage.run([...JSON_RUN, planOf(stage)])).code, 0);
  const same = await stage.run(["upload", planOf(stage)]);
  equal(same.stdout.includes("lacks"), false);
  await finish(stage, "A", ADDED);

  const { code, stdout } = await stage.run([...JSON_RUN, planOf(stage)]);
  const text = (await stage.run(["upload", planOf(stage)])).stdout;

  const [report] = named({ stdout }, "report");
  equal(
    [code, report?.["outcome"], report?.["lacks_additions"]],
    [0, "already_uploaded", true],
  );
  equal(
    text.match(/StandCloud's copy lacks what was added to the run later/g)
      ?.length,
    1,
  );
  equal(serials(stage), ["A"]);
});

Deno.test("upload --watch says that StandCloud's copy lacks what a slow post-run function adds", async () => {
  await using stage = await setLoggedInStage();
  await finish(stage, "A");
  await whileWatching(stage, async ({ output }) => {
    await until(() => stage.sandbox.reports.length === 1);
    await finish(stage, "A", ADDED);
    await until(() => output.stdout.includes("copy lacks what was added"));
  });
  equal(serials(stage), ["A"]);
});

Deno.test("upload --dry-run says that StandCloud's copy lacks what was added to a run, as the upload does", async () => {
  await using stage = await setLoggedInStage();
  await finish(stage, "A");
  equal((await stage.run([...JSON_RUN, planOf(stage)])).code, 0);
  const plan = ["upload", "--dry-run", "--json", planOf(stage)];
  const same = named(await stage.run(plan), "report")[0];
  await finish(stage, "A", ADDED);

  const [report] = named(await stage.run(plan), "report");

  equal([same?.["outcome"], same?.["lacks_additions"]], [
    "already_uploaded",
    undefined,
  ]);
  equal([report?.["outcome"], report?.["lacks_additions"]], [
    "already_uploaded",
    true,
  ]);
});
