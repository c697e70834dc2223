import { deepStrictEqual as equal } from "node:assert/strict";
import type { FaultAction } from "../../scripts/sandbox/fault_types.ts";
import { writeReports } from "../support/many_reports.ts";
import { outcomesOf } from "../support/outcomes.ts";
import { setLoggedInStage, type Stage } from "../support/stage.ts";

const AT_ONCE = ["upload", "--json", "--retry-for", "0"];

/** A stand that has uploaded a report, and whose next one meets with a fault. */
async function uploadedStage(
  action: FaultAction,
): Promise<Stage & { path: string }> {
  const stage = await setLoggedInStage();
  await writeReports(stage.folder.join("runs"), 1);
  const path = stage.folder.join("runs", "SN-0.json");
  equal((await stage.run([...AT_ONCE, path])).code, 0);
  stage.sandbox.faults.push({
    match: (method) => method === "POST",
    times: 1,
    action,
  });
  return { ...stage, path };
}

for (
  const [status, code, outcome] of [[422, 5, "rejected"], [
    429,
    6,
    "waiting",
  ]] as const
) {
  Deno.test(`upload --force that StandCloud answers with ${status} leaves the report uploaded`, async () => {
    await using stage = await uploadedStage({ kind: "respond", status });
    const { path } = stage;

    const forced = await stage.run([...AT_ONCE, "--force", path]);
    const again = await stage.run([...AT_ONCE, path]);

    equal([forced.code, outcomesOf(forced).counts[outcome]], [code, 1]);
    equal([again.code, outcomesOf(again).counts["already_uploaded"]], [0, 1]);
    equal(stage.sandbox.reports.length, 1);
  });
}

for (const kind of ["reset", "commit_then_drop"] as const) {
  Deno.test(`upload --force whose answer is lost by ${kind} leaves one more run at StandCloud`, async () => {
    await using stage = await uploadedStage({ kind });
    const { path } = stage;

    const forced = await stage.run(["upload", "--json", "--force", path]);

    equal([forced.code, outcomesOf(forced).counts["uploaded"]], [0, 1]);
    equal(stage.sandbox.reports.length, 2);
  });
}
