import { deepStrictEqual as equal, ok } from "node:assert/strict";
import { dirname, join } from "node:path";
import { setCourierStage } from "../support/courier.ts";
import { JSON_RUN, planOf, whileWatching } from "../support/live_runs.ts";
import { setLoggedInStage, type Stage } from "../support/stage.ts";
import {
  sentRuns,
  StandFolder,
  type StandRun,
} from "../support/stand_folder.ts";
import { until } from "../support/until.ts";

const VERSIONS = ["0.24.0", "0.25.2"];
/** Some plans set neither part number nor stand name: these runs are held. */
const HELD = 5;

/** Puts a file of the stand into the folder that is watched. */
async function put(
  stage: Stage,
  from: string,
  name: string,
): Promise<void> {
  const path = join(planOf(stage), name);
  await Deno.mkdir(dirname(path), { recursive: true });
  await Deno.copyFile(from, `${path}.tmp`);
  await Deno.rename(`${path}.tmp`, path);
}

/** The end of a run, in HardPy's order: history, record, reports, queue. */
async function end(
  stage: Stage,
  stand: StandFolder,
  run: StandRun,
): Promise<void> {
  await put(stage, join(stand.path, run.history), run.history);
  await put(stage, stand.recordOf(run), stand.record);
  for (const name of [...run.reports, ...run.tempstore]) {
    await put(stage, join(stand.path, name), name);
  }
}

for (const version of VERSIONS) {
  const stand = new StandFolder(version);

  Deno.test(`upload of the folder of a stand with HardPy ${version} sends each run once, and then nothing`, async () => {
    await using stage = await setLoggedInStage();
    equal((await stage.run([...JSON_RUN, stand.path])).code, HELD);
    equal(sentRuns(stage), stand.expected());
    equal((await stage.run([...JSON_RUN, stand.path])).code, HELD);
    equal(sentRuns(stage), stand.expected());
  });

  Deno.test(`upload --fill-unknown of the folder of a stand with HardPy ${version} sends all runs, each once`, async () => {
    await using stage = await setLoggedInStage();
    const flags = [...JSON_RUN, "--fill-unknown"];
    equal((await stage.run([...flags, stand.path])).code, 0);
    equal(sentRuns(stage), stand.expected({ fillUnknown: true }));
    equal((await stage.run([...flags, stand.path])).code, 0);
    equal(sentRuns(stage), stand.expected({ fillUnknown: true }));
  });

  Deno.test(`upload --watch sends each run of a stand with HardPy ${version} once, with all that post-run functions added`, async () => {
    await using stage = await setLoggedInStage();
    await Deno.mkdir(planOf(stage));
    const expected = stand.expected();
    await whileWatching(stage, async () => {
      for (const run of stand.runs) await end(stage, stand, run);
      await until(() => stage.sandbox.reports.length >= expected.length);
    });
    equal((await stage.run([...JSON_RUN, planOf(stage)])).code, HELD);
    equal(sentRuns(stage), expected);
    const labels = stage.sandbox.reports.filter(({ text }) =>
      JSON.parse(text).name === "Label"
    );
    ok(labels.length >= 3);
    for (const { text } of labels) ok(JSON.parse(text).dut.serial_number);
  });

  Deno.test(`upload --export of the folder of a stand with HardPy ${version} carries each run once, and receipts end it`, async () => {
    await using stage = await setCourierStage();
    const { pc } = stage;
    const bundle = stage.path("b.zip");
    const args = ["upload", "--json"];
    const exported = await stage.stand(...args, "--export", bundle, stand.path);
    equal(exported.code, HELD);
    equal((await pc.run([...JSON_RUN, bundle])).code, 0);
    equal(sentRuns(pc), stand.expected());
    const receipts = stage.path("b.receipts.jsonl");
    equal((await stage.stand("history", "import", receipts)).code, 0);

    const again = stage.path("again.zip");
    await stage.stand(...args, "--export", again, stand.path);
    equal(await Deno.stat(again).catch(() => "none"), "none");
    await pc.run([...JSON_RUN, stand.path], { home: stage.path("stand") });
    equal(sentRuns(pc), stand.expected());
  });
}
