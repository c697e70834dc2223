import { deepStrictEqual as equal, ok } from "node:assert/strict";
import { watchProcess } from "../../scripts/bench/process_watch.ts";
import { writeReports } from "../support/many_reports.ts";
import { named } from "../support/outcomes.ts";
import { type BinaryRun, startBinary } from "../support/run_binary.ts";
import type { ProgramResult } from "../support/running_program.ts";
import { setLoggedInStage, type Stage } from "../support/stage.ts";

const EARLIER_RUNS = 100_000;
const PEAK_BYTES = 300e6;

/** Runs the compiled program, and gives how much memory it took at most. */
async function measured(stage: Stage, args: string[]) {
  const run = await stage.start(args) as BinaryRun;
  using memory = watchProcess(run.pid);
  const result = await run.result;
  return { result, peakBytes: memory.peakBytes };
}

function requireSmall(peakBytes: number): void {
  // Only Linux tells it; elsewhere it is NaN.
  ok(!(peakBytes >= PEAK_BYTES), `${peakBytes} bytes`);
}

async function setLongHistory(): Promise<Stage> {
  return await setLoggedInStage({
    start: startBinary,
    lookup: { earlierRuns: EARLIER_RUNS },
  });
}

function outcomeOf(result: ProgramResult): unknown {
  return named(result, "report")[0]?.["outcome"];
}

async function upload(stage: Stage): Promise<string[]> {
  await writeReports(stage.folder.join("runs"), 1);
  return ["upload", "--json", "--retry-for", "9", stage.folder.join("runs")];
}

Deno.test("upload finds a run behind 100,000 others, sends it once, and takes less than 300 MB", async () => {
  await using stage = await setLongHistory();
  stage.sandbox.faults.push({
    match: (method) => method === "POST",
    times: 1,
    action: { kind: "commit_then_drop" },
  });

  const { result, peakBytes } = await measured(stage, await upload(stage));

  equal([result.code, outcomeOf(result)], [0, "uploaded"]);
  equal(stage.sandbox.reports.length, 1);
  const posts = stage.sandbox.requests.filter(({ path }) =>
    path.endsWith("/test_report")
  );
  equal(posts.length, 1);
  requireSmall(peakBytes);
});

for (const kind of ["break_answer", "truncate_answer"] as const) {
  Deno.test(`upload does not send a run again while the look-up of it meets ${kind}`, async () => {
    await using stage = await setLoggedInStage({
      lookup: { earlierRuns: 500 },
    });
    stage.sandbox.faults.push(
      {
        match: (method) => method === "POST",
        times: 1,
        action: { kind: "commit_then_drop" },
      },
      // Of the two look-ups the second one would find the run.
      {
        match: (_method, path) => path.endsWith("/test_run"),
        after: 1,
        times: 1,
        action: { kind },
      },
    );
    await writeReports(stage.folder.join("runs"), 1);
    const run = ["upload", "--json", "--retry-for", "0"];
    run.push(stage.folder.join("runs"));

    const lost = await stage.run(run);
    const broken = await stage.run(run);
    const found = await stage.run(run);

    equal([lost.code, broken.code, found.code], [6, 6, 0]);
    equal(outcomeOf(broken), "waiting");
    equal(stage.sandbox.reports.length, 1);
  });
}

for (
  const [args, lines] of [
    [["runs", "list"], EARLIER_RUNS + 1],
    // Each device has two runs; a header comes first, a summary last.
    [["runs", "devices", "--part-number", "PN", "--csv"], 50_001],
  ] as const
) {
  Deno.test(`${args.join(" ")} reads 100,000 runs, and takes less than 300 MB`, async () => {
    await using stage = await setLongHistory();
    const { result, peakBytes } = await measured(stage, [...args]);
    equal([result.code, result.stderr], [0, ""]);
    equal(result.stdout.trimEnd().split("\n").length, lines);
    requireSmall(peakBytes);
  });
}
