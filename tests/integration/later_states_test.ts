import { deepStrictEqual as equal } from "node:assert/strict";
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
import { writeReports } from "../support/many_reports.ts";
import type { InProcessRun } from "../support/run_program.ts";
import { setLoggedInStage } from "../support/stage.ts";
import { until } from "../support/until.ts";

const ADDED = { artifact: { label: "printed" } };
/** StandCloud would refuse the document. */
const INVALID = { ...ADDED, "test_stand": { ...RUN.test_stand, name: null } };

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
    await finishBefore(stage, "B");

    if (signal !== "interrupted") equal((await stage.logIn()).code, 0);
    equal((await stage.run([...JSON_RUN, planOf(stage)])).code, 0);

    equal(serials(stage).sort(), ["A", "B"]);
  });
}

Deno.test("upload keeps a run whose later state cannot be sent, and sends it when the next one has replaced that", async () => {
  await using stage = await setLoggedInStage();
  const path = await finishBefore(stage, "A");
  await sendInVain(stage, path);
  await finishBefore(stage, "A", INVALID);
  equal((await stage.run([...JSON_RUN, planOf(stage)])).code, 5);
  await finishBefore(stage, "B");

  equal((await stage.run([...JSON_RUN, planOf(stage)])).code, 0);

  equal(serials(stage).sort(), ["A", "B"]);
});

Deno.test("upload takes two runs without a start time for two", async () => {
  await using stage = await setLoggedInStage();
  const path = await finishBefore(stage, "A", { "start_time": null });
  await sendInVain(stage, path);
  await finishBefore(stage, "A", { ...ADDED, "start_time": null });

  equal((await stage.run([...JSON_RUN, planOf(stage)])).code, 0);

  equal(serials(stage), ["A", "A"]);
});

Deno.test("upload knows HardPy's record of the current run also from within its folder and behind a link", async () => {
  await using stage = await setLoggedInStage();
  const path = await finishBefore(stage, "A");
  const link = stage.folder.join("link");
  await Deno.symlink(path.slice(0, path.lastIndexOf("/")), link);
  await sendInVain(stage, link);
  await finishBefore(stage, "B");

  equal((await stage.run([...JSON_RUN, "--after", "delete", link])).code, 0);

  equal(serials(stage).sort(), ["A", "B"]);
  equal((await Deno.stat(path)).isFile, true);
});

Deno.test("upload of the folder sends a kept run that came by a link to it", async () => {
  await using stage = await setLoggedInStage();
  await finishBefore(stage, "A");
  const link = stage.folder.join("link");
  await Deno.symlink(planOf(stage), link);
  await sendInVain(stage, link);
  await finishBefore(stage, "B");

  equal((await stage.run([...JSON_RUN, planOf(stage)])).code, 0);

  equal(serials(stage).sort(), ["A", "B"]);
});

Deno.test("upload --export of a later state of a run lets the earlier one go", async () => {
  await using stage = await setLoggedInStage();
  const path = await finishBefore(stage, "A");
  await sendInVain(stage, path);
  await finishBefore(stage, "A", ADDED);
  const bundle = stage.folder.join("b.zip");
  const flags = ["--json", "--export", bundle];
  equal((await stage.run(["upload", ...flags, planOf(stage)])).code, 0);
  equal((await stage.run([...JSON_RUN, bundle])).code, 0);
  await finishBefore(stage, "B");

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

Deno.test("upload --watch --after move leaves HardPy's record where it is, also when a run has replaced another one", async () => {
  await using stage = await setLoggedInStage();
  const path = await finish(stage, "A");
  await whileWatching(
    stage,
    async () => {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      await finish(stage, "B");
      await until(() => stage.sandbox.reports.length === 2);
      await new Promise((resolve) => setTimeout(resolve, 3000));
    },
    "--after",
    "move",
  );

  equal(serials(stage).sort(), ["A", "B"]);
  equal((await Deno.stat(path)).isFile, true);
});

Deno.test("upload --watch sends the later state alone of a run that had to wait for its turn", async () => {
  await using stage = await setLoggedInStage();
  const { sandbox } = stage;
  await writeReports(`${planOf(stage)}/reports`, 60);
  let met = 0;
  const fault = {
    match: (method: string) => method === "POST" && ++met > 0,
    action: { kind: "delay", milliseconds: 6000 } as const,
  };
  sandbox.faults.push(fault);
  const path = await finishBefore(stage, "A");
  await Deno.rename(path, `${path}.later`);
  await whileWatching(stage, async () => {
    await until(() => met === 4);
    await Deno.rename(`${path}.later`, path);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await finish(stage, "A", ADDED);
    await new Promise((resolve) => setTimeout(resolve, 3000));
    sandbox.faults.length = 0;
    await until(() => sandbox.reports.length >= 61);
  });

  equal(serials(stage).filter((serial) => serial === "A"), ["A"]);
  equal(sandbox.reports.length, 61);
});

Deno.test("upload of a run whose request hangs does not take its later state away when it is tried again", async () => {
  await using stage = await setLoggedInStage();
  const { sandbox } = stage;
  await finishBefore(stage, "A");
  sandbox.faults.push({
    match: (method) => method === "POST",
    action: { kind: "delay", milliseconds: 60_000 },
  });
  const first = await stage.start(["upload", "--timeout", "4", planOf(stage)]);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  await finish(stage, "A", ADDED);
  await stage.run([...JSON_RUN, "--timeout", "1", planOf(stage)]);
  await finish(stage, "B");
  sandbox.faults.length = 0;
  await first.result;

  equal((await stage.run([...JSON_RUN, planOf(stage)])).code, 0);

  const printed = sandbox.reports.filter(({ text }) =>
    text.includes("printed")
  );
  equal(printed.length, 1);
  equal(serials(stage).includes("B"), true);
});

Deno.test("upload keeps each of two runs of stdin, however alike they are", async () => {
  await using stage = await setLoggedInStage();
  stage.sandbox.setReachable(false);
  for (const label of ["one", "two"]) {
    const dut = { ...RUN.dut, "serial_number": "A" };
    const stdin = JSON.stringify({ ...RUN, dut, artifact: { label } });
    equal((await stage.run([...JSON_RUN, "-"], { stdin })).code, 6);
  }
  stage.sandbox.setReachable(true);

  equal((await stage.run(["history", "retry"])).code, 0);

  equal(serials(stage), ["A", "A"]);
});
