import { deepStrictEqual as equal, match, ok } from "node:assert/strict";
import { AppError } from "../../src/system/app_error.ts";
import { type Clock, systemClock } from "../../src/system/clock.ts";
import { finishedFiles } from "../../src/system/finished_files.ts";
import { inputFiles } from "../../src/system/input_files.ts";
import type { System } from "../../src/system/system.ts";
import { type FakeStage, setFakeStage } from "../support/fake_stage.ts";
import { writeReports } from "../support/many_reports.ts";
import type { InProcessRun } from "../support/run_program.ts";
import { runFile } from "../support/runs.ts";
import { until } from "../support/until.ts";

const REPORTS = 300;

/** So much faster goes the time: the folders are looked through several times a second. */
const HASTE = 240;

const hasty: Clock = {
  now: systemClock.now,
  monotonic: () => systemClock.monotonic() * HASTE,
  sleep: (milliseconds, signal) =>
    systemClock.sleep(milliseconds / HASTE, signal),
};

/** Watches a folder with one run in it, which comes to nothing until `mend()`. */
async function watching(
  stage: FakeStage,
  { system, flags = [] }: { system: Partial<System>; flags?: string[] },
  work: (program: InProcessRun) => Promise<void>,
): Promise<{ stdout: string; stderr: string }> {
  const runs = stage.folder.join("runs");
  await Deno.mkdir(runs, { recursive: true });
  await Deno.copyFile(runFile("minimum.jsonloader"), `${runs}/a.json`);
  const program = stage.start(["upload", "--watch", ...flags, runs], {
    system: { clock: hasty, ...system },
  });
  try {
    await work(program);
  } finally {
    program.interrupt();
  }
  return await program.result;
}

/** Input files that cannot be read while `isAway()`. */
function unreadable(isAway: () => boolean): System["inputFiles"] {
  return {
    ...inputFiles,
    read(path, limit) {
      if (!isAway()) return inputFiles.read(path, limit);
      throw new AppError("input_unreadable", `Cannot read "${path}": denied`);
    },
  };
}

Deno.test("upload --watch tells once of a file that cannot be read, and uploads it when it can", async () => {
  await using stage = await setFakeStage();
  let reads = 0;
  const system = { inputFiles: unreadable(() => ++reads < 10) };
  const { stdout } = await watching(
    stage,
    { system },
    ({ output }) => until(() => output.stdout.includes("uploaded ")),
  );
  equal(stdout.match(/denied/g)?.length, 1);
  match(stdout, /\n1 uploaded, 1 invalid in /);
});

Deno.test("upload --watch sends what was away while it had to wait", async () => {
  await using stage = await setFakeStage();
  const good = stage.service.answers["test_report"];
  let isAway = false;
  stage.service.answers["test_report"] = (form) => {
    if (stage.service.forms("test_report").length > 1) return good(form);
    isAway = true;
    return new Response(null, { status: 503 });
  };
  const system = { inputFiles: unreadable(() => isAway) };
  const { stdout } = await watching(stage, { system }, async ({ output }) => {
    await until(() => output.stdout.includes("is gone, or has changed"));
    isAway = false;
    await until(() => /^uploaded /m.test(output.stdout));
  });
  match(stdout, /\n1 uploaded, 1 waiting in /);
});

for (
  const [status, ...flags] of [[201], [422], [201, "--force"], [
    422,
    "--force",
  ]] as [number, ...string[]][]
) {
  Deno.test(`upload --watch --after move ${flags} moves later what it cannot move now, after HTTP ${status}`, async () => {
    await using stage = await setFakeStage();
    if (status === 422) {
      stage.service.answers["test_report"] = () =>
        Response.json({ detail: "no" }, { status });
    }
    let moves = 0;
    const moveInto: typeof finishedFiles.moveInto = (...args) => {
      if (++moves > 4) return finishedFiles.moveInto(...args);
      throw new AppError("output_unwritable", "Cannot move it");
    };
    const folder = status === 201 ? "uploaded" : "rejected";
    const { stdout, stderr } = await watching(
      stage,
      {
        system: { finishedFiles: { ...finishedFiles, moveInto } },
        flags: ["--after", "move", ...flags],
      },
      () => until(() => exists(stage.folder.join("runs", folder, "a.json"))),
    );
    equal(stderr.match(/Cannot move it/g)?.length, 1);
    equal(stdout.match(new RegExp(`^${folder} `, "gm"))?.length, 1);
    equal(stage.service.forms("test_report").length, 1);
  });
}

Deno.test("upload --watch does not read all that waits again each time that StandCloud is still away", async () => {
  await using stage = await setFakeStage();
  const good = stage.service.answers["test_report"];
  let isAway = true;
  let reads = 0;
  stage.service.answers["test_report"] = (form) =>
    isAway ? new Response(null, { status: 503 }) : good(form);
  await writeReports(stage.folder.join("runs"), REPORTS);
  const system = { inputFiles: unreadable(() => ++reads < 0) };
  const requests = () => stage.service.forms("test_report").length;
  await watching(stage, { system }, async ({ output }) => {
    await until(() => requests() > REPORTS / 2);
    ok(reads < REPORTS + 3 * requests(), `${reads} for ${requests()}`);
    isAway = false;
    await until(() =>
      output.stdout.match(/^uploaded /gm)?.length === REPORTS + 1
    );
  });
});

function exists(path: string): Promise<boolean> {
  return Deno.stat(path).then(() => true, () => false);
}
