import { deepStrictEqual as equal } from "node:assert/strict";
import { join } from "node:path";
import { JSON_RUN } from "../support/live_runs.ts";
import { named } from "../support/outcomes.ts";
import type { InProcessRun } from "../support/run_program.ts";
import type { ProgramResult } from "../support/running_program.ts";
import { setLoggedInStage, type Stage } from "../support/stage.ts";
import { formOf, store, storeText } from "../support/stored_forms.ts";
import { until } from "../support/until.ts";

const HISTORY = formOf("history");
const RECORD = formOf("record");
const REPORT = formOf("report");
/** What a post-run function has not added yet. */
const BEFORE = { artifact: {} };

function planOf({ folder }: Stage): string {
  return folder.join("plan");
}

/** Of what StandCloud has: only a report or the record holds a serial number. */
function serials({ sandbox }: Stage): (string | null)[] {
  return sandbox.reports.map(({ text }) => JSON.parse(text).dut.serial_number);
}

function posts({ sandbox }: Stage): number {
  return sandbox.requests.filter(({ method, path }) =>
    method === "POST" && path.endsWith("/test_report")
  ).length;
}

function answer(stage: Stage, status: number, times = 1): void {
  const match = (method: string, path: string) =>
    method === "POST" && path.endsWith("/test_report");
  const action = { kind: "respond", status, body: "{}" } as const;
  stage.sandbox.faults.push({ match, times, action });
}

function outcomes(result: ProgramResult): unknown[] {
  return named(result, "report").map(({ outcome }) => outcome);
}

/** A history file and a fuller form of its run, in files of any names. */
const PAIRS: readonly (readonly [string, string])[] = [
  ["couchdb/a.json", "couchdb/b.json"],
  ["histories/1.json", "reports/2.json"],
  ["backup/1796043538656.json", "backup/report.json"],
];

for (const [lesser, fuller] of PAIRS) {
  for (const flags of [[], ["--concurrency", "1"]]) {
    Deno.test(`upload ${flags.join(" ")} sends ${fuller}, though ${lesser} with less of the run comes first`, async () => {
      await using stage = await setLoggedInStage();
      const history = JSON.stringify(HISTORY.document());
      const report = JSON.stringify(REPORT.document());
      await storeText(join(planOf(stage), lesser), history);
      await storeText(join(planOf(stage), fuller), report);
      const result = await stage.run([...JSON_RUN, ...flags, planOf(stage)]);
      equal(result.code, 0);
      equal(serials(stage), ["SN-1"]);
    });
  }
}

Deno.test("upload sends the reports of a file of several, though another one with less of the runs comes first", async () => {
  await using stage = await setLoggedInStage();
  const starts = [1_770_000_001, 1_770_000_002];
  for (const [name, form] of [["a", HISTORY], ["b", REPORT]] as const) {
    const lines = starts.map((start) =>
      `${JSON.stringify(form.document({ "start_time": start }))}\n`
    );
    await storeText(join(planOf(stage), `${name}.jsonl`), lines.join(""));
  }
  equal((await stage.run([...JSON_RUN, planOf(stage)])).code, 0);
  equal(serials(stage), ["SN-1", "SN-1"]);
});

for (const form of [HISTORY, RECORD]) {
  Deno.test(`upload does not send the ${form.name} of a run whose report StandCloud refused`, async () => {
    await using stage = await setLoggedInStage();
    answer(stage, 422);
    await store(planOf(stage), form);
    const report = await store(planOf(stage), REPORT);
    const first = await stage.run([...JSON_RUN, planOf(stage)]);
    equal([first.code, outcomes(first)], [5, ["rejected", "rejected"]]);
    equal((await stage.run([...JSON_RUN, planOf(stage)])).code, 5);
    await Deno.remove(report);
    equal((await stage.run([...JSON_RUN, planOf(stage)])).code, 5);
    equal([posts(stage), serials(stage)], [1, []]);
  });
}

Deno.test("upload takes HardPy's record for one by a link to the storage and by its own path, in all its states", async () => {
  for (const isLinkFirst of [true, false]) {
    await using stage = await setLoggedInStage();
    await store(planOf(stage), RECORD, BEFORE);
    const link = stage.folder.join("link");
    await Deno.symlink(planOf(stage), link);
    const paths = [link, planOf(stage)];
    if (!isLinkFirst) paths.reverse();
    for (const path of paths) {
      equal((await stage.run([...JSON_RUN, path])).code, 0);
      await store(planOf(stage), RECORD);
    }
    equal((await stage.run([...JSON_RUN, ...paths])).code, 0);
    equal(serials(stage), ["SN-1"]);
  }
});

/** A run in two forms; another command sends its report, and StandCloud takes its time. */
async function sendSlowly(
  stage: Stage,
  milliseconds: number,
): Promise<{ report: string; other: InProcessRun }> {
  const report = await store(planOf(stage), REPORT);
  await store(planOf(stage), RECORD, BEFORE);
  let met = 0;
  stage.sandbox.faults.push({
    match: (method) => method === "POST" && ++met > 0,
    action: { kind: "delay", milliseconds },
  });
  const other = await stage.start([...JSON_RUN, report]) as InProcessRun;
  await until(() => met > 0);
  return { report, other };
}

Deno.test("upload says of each form what it waits for: another request, or its fuller form", async () => {
  await using stage = await setLoggedInStage();
  const { report, other } = await sendSlowly(stage, 60_000);

  const flags = ["--timeout", "1", planOf(stage)];
  const result = await stage.run([...JSON_RUN, ...flags]);
  other.interrupt();
  await other.result;

  equal(
    named(result, "report").map(({ outcome, source, reason }) =>
      `${outcome} ${source === report ? "report" : "record"}: ${reason}`
    ).sort(),
    [
      "waiting record: a fuller form is sent first",
      "waiting report: another request is sending it",
    ],
  );
});

Deno.test("upload tells of each form of a run that another request sends, when that is done", async () => {
  await using stage = await setLoggedInStage();
  const { other } = await sendSlowly(stage, 1000);
  const result = await stage.run([...JSON_RUN, planOf(stage)]);
  await other.result;
  equal(outcomes(result), ["already_uploaded", "already_uploaded"]);
  equal(serials(stage), ["SN-1"]);
});

/** What the history tells of uploaded runs. */
async function uploaded(stage: Stage): Promise<unknown[][]> {
  return named(await stage.run(["history", "--json"]), "history")
    .map(({ state, http_status: status, cause }) => [state, status, cause]);
}

const DONE = ["uploaded", 201, null];

Deno.test("history shows no refusal of a run that was uploaded before it was forced", async () => {
  await using stage = await setLoggedInStage();
  const path = await store(planOf(stage), REPORT);
  equal((await stage.run([...JSON_RUN, path])).code, 0);
  answer(stage, 422);
  equal((await stage.run([...JSON_RUN, "--force", path])).code, 5);
  equal(await uploaded(stage), [DONE]);
});

Deno.test("history shows no refusal of a form whose run was uploaded in a fuller one", async () => {
  for (const retried of [false, true]) {
    await using stage = await setLoggedInStage();
    answer(stage, 422);
    const path = await store(planOf(stage), RECORD, BEFORE);
    equal((await stage.run([...JSON_RUN, path])).code, 5);
    if (retried) {
      answer(stage, 503);
      equal((await stage.run([...JSON_RUN, "--force", path])).code, 6);
    }
    await store(planOf(stage), REPORT);
    const result = await stage.run([...JSON_RUN, planOf(stage)]);
    const told = named(result, "report").map((one) => one["http_status"]);
    equal(result.code, 0);
    equal(told.filter((status) => status !== null && status !== 201), []);
    equal(result.stdout.includes("refused-by-server"), false);
    const known = await uploaded(stage);
    const done = known.filter(([state]) => state === "uploaded");
    equal(new Set(done.map(String)), new Set([String(DONE)]));
  }
});
