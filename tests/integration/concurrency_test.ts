import { deepStrictEqual as equal, ok } from "node:assert/strict";
import { type FakeStage, setFakeStage } from "../support/fake_stage.ts";
import { writeReports } from "../support/many_reports.ts";
import { runBinary } from "../support/run_binary.ts";
import { eventsOf } from "../support/running_program.ts";

const MOST_AT_ONCE = 6;
const REPORTS = 300;

interface Counts {
  answers: number;
  refusals: number;
  mostAtOnce: number;
}

/** From now on the service answers 429 to what is more than 6 requests at once. */
function refuseMore({ service }: FakeStage): Counts {
  const counts: Counts = { answers: 0, refusals: 0, mostAtOnce: 0 };
  let atOnce = 0;
  service.answers["test_report"] = async () => {
    counts.answers++;
    if (atOnce === MOST_AT_ONCE) {
      counts.refusals++;
      return new Response(null, { status: 429 });
    }
    atOnce++;
    counts.mostAtOnce = Math.max(counts.mostAtOnce, atOnce);
    // Long enough for others to come meanwhile.
    await new Promise((resolve) => setTimeout(resolve, 20));
    atOnce--;
    const id = crypto.randomUUID();
    return Response.json({ "test_run_id": id }, { status: 201 });
  };
  return counts;
}

async function upload(
  { folder, home, service }: FakeStage,
  runs: string,
): Promise<void> {
  const result = await runBinary(["upload", "--json", folder.join(runs)], {
    home,
    env: { STANDCLOUD_ADDRESS: service.address },
    patienceMilliseconds: 300_000,
  });
  equal([result.code, result.stderr], [0, ""]);
  equal(eventsOf(result).at(-1)?.["uploaded"], REPORTS);
}

Deno.test("upload uses all that a service takes that answers 429 above 6 requests at once, and gets 429 at most once in ten answers", async () => {
  await using stage = await setFakeStage();
  await writeReports(stage.folder.join("runs"), REPORTS);
  const counts = refuseMore(stage);

  await upload(stage, "runs");

  equal(counts.mostAtOnce, MOST_AT_ONCE);
  equal(counts.answers, REPORTS + counts.refusals);
  ok(counts.refusals <= counts.answers / 10, JSON.stringify(counts));
});

Deno.test("two uploads at once get 429 at most once in ten answers of a service that takes 6 requests at once", async () => {
  await using stage = await setFakeStage();
  for (const series of ["A", "B"]) {
    await writeReports(stage.folder.join(series), REPORTS, series);
  }
  const counts = refuseMore(stage);

  await Promise.all(["A", "B"].map((series) => upload(stage, series)));

  equal(counts.answers, 2 * REPORTS + counts.refusals);
  ok(counts.refusals <= counts.answers / 10, JSON.stringify(counts));
});
