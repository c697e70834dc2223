import { deepStrictEqual as equal, match } from "node:assert/strict";
import {
  finish,
  finishBefore,
  JSON_RUN,
  planOf,
  RUN,
  sendInVain,
  serials,
  whileWatching,
} from "../support/live_runs.ts";
import { counted, outcomesOf } from "../support/outcomes.ts";
import { eventsOf } from "../support/running_program.ts";
import type { InProcessRun } from "../support/run_program.ts";
import { runFile } from "../support/runs.ts";
import { setLoggedInStage, type Stage } from "../support/stage.ts";
import { until } from "../support/until.ts";

/** A run that could not be sent, and that the next one has replaced. */
async function setReplacedStage(): Promise<Stage> {
  const stage = await setLoggedInStage();
  const path = await finishBefore(stage, "A");
  await sendInVain(stage, path);
  await finishBefore(stage, "B");
  return stage;
}

Deno.test("upload of the folder sends the run that the next one has replaced, and tells where it was", async () => {
  await using stage = await setReplacedStage();
  const planned = await stage.run([
    "upload",
    "--dry-run",
    "--json",
    planOf(stage),
  ]);
  equal(outcomesOf(planned).counts["would_upload"], 2);

  const result = await stage.run([...JSON_RUN, planOf(stage)]);

  equal([result.code, outcomesOf(result).counts["uploaded"]], [0, 2]);
  equal(serials(stage).sort(), ["A", "B"]);
  const [one, other] = eventsOf(await stage.run(["history", "--json"]));
  equal(one?.["source"], other?.["source"]);
  const again = await stage.run([...JSON_RUN, planOf(stage)]);
  equal(outcomesOf(again).counts["already_uploaded"], 1);
});

Deno.test("upload of another folder leaves it, and history retry keeps the name of its file", async () => {
  await using stage = await setReplacedStage();
  const other = stage.folder.join("other");
  await Deno.mkdir(other);
  const run = JSON.parse(
    await Deno.readTextFile(runFile("minimum.jsonloader")),
  );
  run.start_time -= 60;
  await Deno.writeTextFile(`${other}/a.json`, JSON.stringify(run));
  await stage.run([...JSON_RUN, other]);
  equal(stage.sandbox.reports.length, 1);

  equal((await stage.run(["history", "retry"])).code, 0);

  equal(stage.sandbox.reports.length, 2);
  const { stdout } = await stage.run(["history", "--json"]);
  match(stdout, /"uploaded","source":"[^"]*current\.json"/);
});

Deno.test("upload of the folder sends the run although no file is left in it", async () => {
  await using stage = await setReplacedStage();
  const plan = planOf(stage);
  await Deno.remove(`${plan}/.hardpy`, { recursive: true });
  const bundle = stage.folder.join("bundle");

  const exported = await stage.run(["upload", "--export", bundle, plan]);
  const result = await stage.run([...JSON_RUN, plan]);

  equal([exported.code, result.code, serials(stage)], [0, 0, ["A"]]);
  // Nothing waits any more, so the folder means nothing.
  equal((await stage.run([...JSON_RUN, plan])).code, 2);
});

Deno.test("upload of an empty folder beside others is not stopped by a damaged ledger", async () => {
  await using stage = await setLoggedInStage();
  const empty = stage.folder.join("empty");
  await Deno.mkdir(empty);
  await Deno.writeTextFile(`${stage.home}/ledger.db`, "damaged".repeat(1000), {
    mode: 0o600,
  });
  const run = runFile("minimum.jsonloader");
  const { code, stderr } = await stage.run([...JSON_RUN, empty, run]);

  equal([code, serials(stage).length], [0, 1], stderr);
  match(stderr, /^note: "[^"]*empty" holds no run documents/m);
});

Deno.test("upload passes over what travels with a bundle among the files that a shell names", async () => {
  await using stage = await setLoggedInStage();
  const names = ["b.receipts.jsonl", "standcloud-manifest.json"];
  const others = await Promise.all(
    names.map((name) => stage.folder.write(name, "{}\n")),
  );
  const run = runFile("minimum.jsonloader");
  for (const command of [["validate"], JSON_RUN]) {
    const { code, stdout } = await stage.run([...command, ...others, run]);
    equal(code, 0, stdout);
  }
  equal(serials(stage).length, 1);
});

Deno.test("history retry and forget take a report once that is named twice", async () => {
  await using stage = await setReplacedStage();
  const [entry] = eventsOf(await stage.run(["history", "--json"]));
  const digest = String(entry?.["digest"]);
  const twice = [digest, digest.slice(0, 12)];

  const retried = await stage.run(["history", "retry", "--json", ...twice]);
  const forgotten = await stage.run(["history", "forget", "--json", ...twice]);

  equal(outcomesOf(retried).counts, counted({ uploaded: 1 }));
  equal(eventsOf(forgotten).map(({ event }) => event), [
    "forgotten",
    "forget_summary",
  ]);
});

Deno.test("upload --watch sends what an earlier one could not, when it starts", async () => {
  await using stage = await setReplacedStage();
  await whileWatching(stage, async () => {
    await until(() => stage.sandbox.reports.length === 2);
  });
  equal(serials(stage).sort(), ["A", "B"]);
});

Deno.test("upload --watch sends a finished run once that HardPy adds to, and each of two in a row", async () => {
  await using stage = await setLoggedInStage();
  await Deno.mkdir(planOf(stage));
  await whileWatching(stage, async () => {
    await finish(stage, "A");
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await finish(stage, "A", { artifact: { label: "printed" } });
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await finish(stage, "B");
    await until(() => stage.sandbox.reports.length >= 2);
    await new Promise((resolve) => setTimeout(resolve, 1000));
  });
  equal(serials(stage).sort(), ["A", "B"]);
  const text = stage.sandbox.reports.map((report) => report.text).join();
  match(text, /"label":"printed"/);
});

Deno.test("upload that is stopped while HardPy may add to a run keeps the run, and the next one sends it", async () => {
  await using stage = await setLoggedInStage();
  await Deno.mkdir(planOf(stage));
  const path = await finish(stage, "A");
  const program = await stage.start([...JSON_RUN, path]);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  (program as InProcessRun).interrupt();
  equal((await program.result).code, 130);
  await finishBefore(stage, "B");

  equal((await stage.run([...JSON_RUN, planOf(stage)])).code, 0);

  equal(serials(stage).sort(), ["A", "B"]);
});

Deno.test("upload sends the later state alone of a run that waits and that HardPy has added to", async () => {
  await using stage = await setLoggedInStage();
  const path = await finishBefore(stage, "A");
  await sendInVain(stage, path);
  await finishBefore(stage, "A", { artifact: { label: "printed" } });

  equal((await stage.run([...JSON_RUN, planOf(stage)])).code, 0);

  equal(serials(stage), ["A"]);
  match(stage.sandbox.reports[0]?.text ?? "", /"label":"printed"/);
  const { stdout } = await stage.run(["history", "--waiting", "--json"]);
  match(stdout, /"waiting":0,.*"shown":0/);
});

Deno.test("upload waits anew each time that HardPy adds to a run", async () => {
  await using stage = await setLoggedInStage();
  const path = await finish(stage, "A");
  const program = await stage.start([...JSON_RUN, path]);
  for (const label of ["one", "two", "three"]) {
    await new Promise((resolve) => setTimeout(resolve, 1300));
    await finish(stage, "A", { artifact: { label } });
  }
  equal((await program.result).code, 0);

  equal(serials(stage), ["A"]);
  match(stage.sandbox.reports[0]?.text ?? "", /"label":"three"/);
  match((await stage.run(["history", "--json"])).stdout, /"shown":1/);
});

Deno.test("upload sends a kept run as it was filled, and --export takes it too", async () => {
  await using stage = await setLoggedInStage();
  const path = await finishBefore(stage, "A", {
    "test_stand": { ...RUN.test_stand, name: null },
  });
  stage.sandbox.setReachable(false);
  const fill = [...JSON_RUN, "--fill-unknown", path];
  equal((await stage.run(fill)).code, 6);
  stage.sandbox.setReachable(true);
  await finishBefore(stage, "B");

  const bundle = stage.folder.join("b.zip");
  const exported = await stage.run(
    ["upload", "--json", "--export", bundle, planOf(stage)],
  );
  equal([exported.code, outcomesOf(exported).counts["exported"]], [0, 2]);
  equal((await stage.run([...JSON_RUN, planOf(stage)])).code, 0);
  equal(serials(stage).sort(), ["A", "B"]);
});

Deno.test("upload keeps a run that a rule holds when the next one replaces it, until --fill-unknown sends it", async () => {
  await using stage = await setLoggedInStage();
  const stand = { ...RUN["test_stand"], name: null };
  await finishBefore(stage, "A", { "test_stand": stand });
  equal((await stage.run([...JSON_RUN, planOf(stage)])).code, 5);
  const start = { "start_time": RUN.start_time + 600 };
  await finishBefore(stage, "B", start);

  const result = await stage.run([...JSON_RUN, planOf(stage)]);
  equal(outcomesOf(result).counts, {
    ...outcomesOf(result).counts,
    invalid: 1,
    uploaded: 1,
  });
  const filled = ["upload", "--fill-unknown", "--json", planOf(stage)];
  equal((await stage.run(filled)).code, 0);
  equal(serials(stage), ["B", "A"]);
  const again = await stage.run([...JSON_RUN, planOf(stage)]);
  equal([again.code, outcomesOf(again).reports.length], [0, 1]);
});
