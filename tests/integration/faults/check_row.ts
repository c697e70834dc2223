import { deepStrictEqual as equal, ok } from "node:assert/strict";
import { arrived, writeReports } from "../../support/many_reports.ts";
import { eventsOf } from "../../support/running_program.ts";
import { setLoggedInStage, type Stage } from "../../support/stage.ts";
import type { FaultRow } from "./fault_row.ts";

const UPLOAD_PATH = "/hardpy/api/v1/test_report";

/** Lets StandCloud misbehave as the row says, as it does to one file or to a folder. */
function misbehave({ sandbox }: Stage, row: FaultRow, column: 0 | 1): void {
  const { action, times } = row;
  if (action === undefined) return sandbox.setReachable(false);
  sandbox.faults.push({
    match: (method, path) => method === "POST" && path === UPLOAD_PATH,
    action,
    ...(times !== undefined && { times: times[column] }),
  });
}

/** The states of all reports in the ledger, and how often each occurs. */
async function statesOf(stage: Stage): Promise<Record<string, number>> {
  const listed = await stage.run(["history", "--json", "--limit", "0"]);
  equal(listed.code, 0, listed.stderr);
  const states: Record<string, number> = {};
  for (const { event, state } of eventsOf(listed)) {
    if (event !== "history") continue;
    states[String(state)] = (states[String(state)] ?? 0) + 1;
  }
  return states;
}

/**
 * Uploads to a StandCloud that misbehaves and then to one that does not: the
 * exit codes and the ledger are as specified, nothing is lost, nothing is there twice.
 */
export async function checkRow(
  row: FaultRow,
  { reports }: { reports: number },
): Promise<void> {
  await using stage = await setLoggedInStage();
  const { sandbox, folder } = stage;
  const serials = (await writeReports(folder.join("runs"), reports)).sort();
  const path = folder.join("runs", ...(reports === 1 ? ["SN-0.json"] : []));
  misbehave(stage, row, reports === 1 ? 0 : 1);

  const flags = row.flags ?? ["--retry-for", "0"];
  const first = await stage.run(["upload", "--json", ...flags, path]);

  const told = eventsOf(first).filter(({ event }) => event === "report");
  equal(told.length, reports, first.stdout);
  equal([first.code, first.stderr], [row.exitCode, ""]);
  const outcomes = new Set(told.map(({ outcome }) => outcome));
  equal([...outcomes], [row.state]);
  if (reports === 1) equal(told[0]?.["http_status"], row.httpStatus);
  const states = await statesOf(stage);
  equal(Object.keys(states), [row.state]);
  // What nobody has read yet, when the login ends, nobody has to remember.
  const isStopped = row.exitCode === 3 || row.exitCode === 4;
  ok(isStopped || states[row.state] === reports, JSON.stringify(states));
  equal(arrived(sandbox), row.state === "uploaded" ? serials : []);

  sandbox.faults.length = 0;
  sandbox.setReachable(true);
  const again = await stage.run(["upload", "--json", path]);
  equal(again.code, row.state === "rejected" ? 5 : 0, again.stdout);
  const retried = await stage.run(["history", "retry", "--json"]);
  equal(retried.code, 0, retried.stdout);
  equal(await statesOf(stage), { uploaded: reports });
  equal(arrived(sandbox), serials);
}
