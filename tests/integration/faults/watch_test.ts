import { deepStrictEqual as equal } from "node:assert/strict";
import { arrived, writeReports } from "../../support/many_reports.ts";
import { eventsOf } from "../../support/running_program.ts";
import type { InProcessRun } from "../../support/run_program.ts";
import { setLoggedInStage, type Stage } from "../../support/stage.ts";
import type { FaultRow } from "./fault_row.ts";
import { FAULT_ROWS } from "./rows.ts";

const REPORTS = 20;
const UPLOAD_PATH = "/hardpy/api/v1/test_report";

/** Waits until it is so, or until the program has ended. */
async function until(
  program: InProcessRun,
  isTrue: () => boolean,
): Promise<void> {
  let isOver = false;
  program.result.finally(() => isOver = true);
  for (let tries = 0; !isOver && !isTrue(); tries++) {
    if (tries === 1200) throw new Error(`in vain:\n${program.output.stdout}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Whether StandCloud has misbehaved often enough to be sound again. */
function isMet(
  { sandbox }: Stage,
  { action, state, times, exitCode }: FaultRow,
): boolean {
  // A login that has ended is nothing that heals by waiting.
  if (exitCode === 3) return false;
  if (action === undefined) return sandbox.connectionCount() > 5;
  if (times !== undefined) return sandbox.faults.length === 0;
  const met = sandbox.requests.filter(({ fault }) => fault !== undefined);
  return met.length >= (state === "rejected" ? REPORTS : 2);
}

async function checkRow(row: FaultRow): Promise<void> {
  await using stage = await setLoggedInStage();
  const { sandbox, folder } = stage;
  const runs = folder.join("runs");
  const serials = (await writeReports(runs, REPORTS)).sort();
  const { action, times, flags = [] } = row;
  if (action === undefined) sandbox.setReachable(false);
  else {
    sandbox.faults.push({
      match: (method, path) => method === "POST" && path === UPLOAD_PATH,
      action,
      // Two refusals of one run in a row would be those of a login that is not accepted.
      ...(times !== undefined && {
        times: action.kind === "unauthorized" ? 1 : 3,
      }),
    });
  }
  const timeout = flags.includes("--timeout") ? ["--timeout", "1"] : [];
  const args = ["upload", "--watch", "--json", ...timeout, runs];
  const program = await stage.start(args) as InProcessRun;
  try {
    await until(program, () => isMet(stage, row));
    if (row.state !== "rejected") {
      sandbox.faults.length = 0;
      sandbox.setReachable(true);
      await until(program, () => sandbox.reports.length >= REPORTS);
      await until(program, () => done(program) >= REPORTS);
    } else await until(program, () => done(program) >= REPORTS);
  } finally {
    program.interrupt();
  }
  const { code } = await program.result;
  equal(code, row.exitCode === 3 ? 3 : 130, program.output.stdout);

  sandbox.faults.length = 0;
  const again = await stage.run(["history", "retry", "--json"]);
  equal(again.code, 0, again.stdout);
  equal((await stage.run(["upload", "--json", runs])).code, 0);
  equal(arrived(sandbox), serials);
}

/** How many reports have ended well or badly, as the program says. */
function done({ output }: InProcessRun): number {
  const whole = output.stdout.slice(0, output.stdout.lastIndexOf("\n") + 1);
  return eventsOf({ stdout: whole })
    .filter(({ outcome }) => outcome === "uploaded" || outcome === "rejected")
    .length;
}

for (const row of FAULT_ROWS) {
  Deno.test(`upload --watch loses nothing and sends nothing twice when StandCloud ${row.name}`, async () => {
    await checkRow(row);
  });
}
