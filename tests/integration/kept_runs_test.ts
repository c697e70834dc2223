import { deepStrictEqual as equal, match } from "node:assert/strict";
import { outcomesOf } from "../support/outcomes.ts";
import { eventsOf, type RunningProgram } from "../support/running_program.ts";
import type { InProcessRun } from "../support/run_program.ts";
import { writeReports } from "../support/many_reports.ts";
import { runFile } from "../support/runs.ts";
import { setLoggedInStage, type Stage } from "../support/stage.ts";
import { until } from "../support/until.ts";

const RUN = JSON.parse(await Deno.readTextFile(runFile("minimum.runstore")));
const JSON_RUN = ["upload", "--json", "--retry-for", "0"];

const planOf = (stage: Stage) => stage.folder.join("plan");

/** HardPy's next run takes the place of the last one. */
async function finish(
  stage: Stage,
  serial: string,
  changes: Record<string, unknown> = {},
): Promise<string> {
  const folder = `${planOf(stage)}/.hardpy/storage/runstore`;
  await Deno.mkdir(folder, { recursive: true });
  const path = `${folder}/current.json`;
  const run = {
    ...RUN,
    ...changes,
    dut: { ...RUN.dut, "serial_number": serial },
  };
  await Deno.writeTextFile(path, JSON.stringify(run));
  return path;
}

function serials({ sandbox }: Stage): string[] {
  return sandbox.reports.map(({ text }) => JSON.parse(text).dut.serial_number);
}

/** A run that could not be sent, and that the next one has replaced. */
async function setReplacedStage(): Promise<Stage> {
  const stage = await setLoggedInStage();
  const path = await finish(stage, "A");
  stage.sandbox.setReachable(false);
  equal((await stage.run([...JSON_RUN, path])).code, 6);
  stage.sandbox.setReachable(true);
  await finish(stage, "B");
  return stage;
}

async function whileWatching(
  stage: Stage,
  work: (program: RunningProgram) => Promise<void>,
): Promise<void> {
  const program = await stage.start(["upload", "--watch", planOf(stage)]);
  try {
    await work(program);
  } finally {
    (program as InProcessRun).interrupt();
    await program.result;
  }
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
  await Deno.copyFile(runFile("minimum.jsonloader"), `${other}/a.json`);
  await stage.run([...JSON_RUN, other]);
  equal(stage.sandbox.reports.length, 1);

  equal((await stage.run(["history", "retry"])).code, 0);

  equal(stage.sandbox.reports.length, 2);
  const { stdout } = await stage.run(["history", "--json"]);
  match(stdout, /"uploaded","source":"[^"]*current\.json"/);
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
  await finish(stage, "B");

  equal((await stage.run([...JSON_RUN, planOf(stage)])).code, 0);

  equal(serials(stage).sort(), ["A", "B"]);
});

Deno.test("upload sends the later state alone of a run that waits and that HardPy has added to", async () => {
  await using stage = await setLoggedInStage();
  const path = await finish(stage, "A");
  stage.sandbox.setReachable(false);
  equal((await stage.run([...JSON_RUN, path])).code, 6);
  stage.sandbox.setReachable(true);
  await finish(stage, "A", { artifact: { label: "printed" } });

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
  const path = await finish(stage, "A", {
    "test_stand": { ...RUN.test_stand, name: null },
  });
  stage.sandbox.setReachable(false);
  const fill = [...JSON_RUN, "--fill-unknown", path];
  equal((await stage.run(fill)).code, 6);
  stage.sandbox.setReachable(true);
  await finish(stage, "B");

  const bundle = stage.folder.join("b.zip");
  const exported = await stage.run(
    ["upload", "--json", "--export", bundle, planOf(stage)],
  );
  equal([exported.code, outcomesOf(exported).counts["exported"]], [0, 2]);
  equal((await stage.run([...JSON_RUN, planOf(stage)])).code, 0);
  equal(serials(stage).sort(), ["A", "B"]);
});

const ADDED = { artifact: { label: "printed" } };
/** Of a document that StandCloud would refuse. */
const INVALID = { ...ADDED, dut: { ...RUN.dut, "part_number": null } };

for (const signal of ["interrupted", "stopped by an error"] as const) {
  Deno.test(`upload that is ${signal} while a later state of a run is not known yet keeps the earlier one`, async () => {
    await using stage = await setLoggedInStage();
    const path = await finish(stage, "A");
    const program = await stage.start([...JSON_RUN, path]);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await finish(stage, "A", ADDED);
    if (signal === "interrupted") (program as InProcessRun).interrupt();
    else stage.sandbox.revokeAllTokens();
    equal((await program.result).code, signal === "interrupted" ? 130 : 3);
    await finish(stage, "B");

    if (signal !== "interrupted") equal((await stage.logIn()).code, 0);
    equal((await stage.run([...JSON_RUN, planOf(stage)])).code, 0);

    equal(serials(stage).sort(), ["A", "B"]);
  });
}

Deno.test("upload keeps a run whose later state cannot be sent, and sends it when the next one has replaced that", async () => {
  await using stage = await setLoggedInStage();
  const path = await finish(stage, "A");
  stage.sandbox.setReachable(false);
  equal((await stage.run([...JSON_RUN, path])).code, 6);
  stage.sandbox.setReachable(true);
  await Deno.writeTextFile(path, JSON.stringify({ ...RUN, ...INVALID }));
  equal((await stage.run([...JSON_RUN, planOf(stage)])).code, 5);
  await finish(stage, "B");

  equal((await stage.run([...JSON_RUN, planOf(stage)])).code, 0);

  equal(serials(stage).sort(), ["A", "B"]);
});

Deno.test("upload takes two runs without a start time for two", async () => {
  await using stage = await setLoggedInStage();
  const path = await finish(stage, "A", { "start_time": null });
  stage.sandbox.setReachable(false);
  equal((await stage.run([...JSON_RUN, path])).code, 6);
  stage.sandbox.setReachable(true);
  await finish(stage, "A", { ...ADDED, "start_time": null });

  equal((await stage.run([...JSON_RUN, planOf(stage)])).code, 0);

  equal(serials(stage), ["A", "A"]);
});

Deno.test("upload knows HardPy's record of the current run also from within its folder and behind a link", async () => {
  await using stage = await setLoggedInStage();
  const path = await finish(stage, "A");
  const link = stage.folder.join("link");
  await Deno.symlink(path.slice(0, path.lastIndexOf("/")), link);
  stage.sandbox.setReachable(false);
  equal((await stage.run([...JSON_RUN, link])).code, 6);
  stage.sandbox.setReachable(true);
  await finish(stage, "B");

  equal((await stage.run([...JSON_RUN, "--after", "delete", link])).code, 0);

  equal(serials(stage).sort(), ["A", "B"]);
  equal((await Deno.stat(path)).isFile, true);
});

Deno.test("upload of the folder sends a kept run that came by a link to it", async () => {
  await using stage = await setLoggedInStage();
  await finish(stage, "A");
  const link = stage.folder.join("link");
  await Deno.symlink(planOf(stage), link);
  stage.sandbox.setReachable(false);
  equal((await stage.run([...JSON_RUN, link])).code, 6);
  stage.sandbox.setReachable(true);
  await finish(stage, "B");

  equal((await stage.run([...JSON_RUN, planOf(stage)])).code, 0);

  equal(serials(stage).sort(), ["A", "B"]);
});

Deno.test("upload --export of a later state of a run lets the earlier one go", async () => {
  await using stage = await setLoggedInStage();
  const path = await finish(stage, "A");
  stage.sandbox.setReachable(false);
  equal((await stage.run([...JSON_RUN, path])).code, 6);
  stage.sandbox.setReachable(true);
  await finish(stage, "A", ADDED);
  const bundle = stage.folder.join("b.zip");
  const flags = ["--json", "--export", bundle];
  equal((await stage.run(["upload", ...flags, planOf(stage)])).code, 0);
  equal((await stage.run([...JSON_RUN, bundle])).code, 0);
  await finish(stage, "B");

  equal((await stage.run([...JSON_RUN, planOf(stage)])).code, 0);

  equal(serials(stage).sort(), ["A", "B"]);
});

Deno.test("upload --watch sees each run also while StandCloud does not answer for the others", async () => {
  await using stage = await setLoggedInStage();
  const { sandbox } = stage;
  await writeReports(`${planOf(stage)}/reports`, 60);
  sandbox.faults.push({
    match: (method) => method === "POST",
    action: { kind: "delay", milliseconds: 60_000 },
  });
  await whileWatching(stage, async () => {
    for (const serial of ["A", "B", "C"]) {
      await finish(stage, serial);
      await until(async () => {
        const { stdout } = await stage.run(["history", "--json"]);
        return stdout.includes(`"serial_number":"${serial}"`);
      });
    }
  });
  sandbox.faults.length = 0;

  equal((await stage.run([...JSON_RUN, planOf(stage)])).code, 0);

  equal(new Set(serials(stage)).size, 63);
  equal(sandbox.reports.length, 63);
});
