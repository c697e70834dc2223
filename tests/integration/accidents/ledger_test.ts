import { deepStrictEqual as equal, match } from "node:assert/strict";
import { type Clock, systemClock } from "../../../src/system/clock.ts";
import { lockLedger } from "../../support/lock_ledger.ts";
import { arrived, writeReports } from "../../support/many_reports.ts";
import { eventsOf } from "../../support/running_program.ts";
import { setLoggedInStage, type Stage } from "../../support/stage.ts";

const REPORTS = 200;
/** How long the ledger is locked: `LOCKED_SECONDS=30` for the long run. */
const LOCKED_SECONDS = Number(Deno.env.get("LOCKED_SECONDS") ?? 3);
const DAY_MILLISECONDS = 24 * 60 * 60 * 1000;

async function setReports(stage: Stage): Promise<[string, string[]]> {
  const runs = stage.folder.join("runs");
  return [runs, (await writeReports(runs, REPORTS)).sort()];
}

Deno.test(`upload waits while another program keeps the ledger locked for ${LOCKED_SECONDS} s, and sends each report once`, async () => {
  await using stage = await setLoggedInStage();
  const [runs, serials] = await setReports(stage);
  equal((await stage.run(["history"])).code, 0);
  const lock = lockLedger(stage.home);
  setTimeout(lock[Symbol.dispose], LOCKED_SECONDS * 1000);

  const { code, stdout, stderr } = await stage.run(["upload", runs]);

  equal([code, stderr], [0, ""]);
  match(stdout, new RegExp(`^${REPORTS} uploaded in `, "m"));
  equal(arrived(stage.sandbox), serials);
});

/** A clock that somebody sets back a day when half of the reports have arrived. */
function setBackClock({ sandbox }: Stage): Clock {
  const behind = () =>
    sandbox.reports.length < REPORTS / 2 ? 0 : DAY_MILLISECONDS;
  const now = () => new Date(systemClock.now().getTime() - behind());
  return { ...systemClock, now };
}

for (const status of [undefined, 503]) {
  const what = status === undefined
    ? ""
    : `, also where StandCloud answers ${status}`;
  Deno.test(`upload sends each report once when the clock is set back a day on the way${what}`, async () => {
    await using stage = await setLoggedInStage();
    const { sandbox } = stage;
    const [runs, serials] = await setReports(stage);
    if (status !== undefined) {
      sandbox.faults.push({
        match: (method, path) =>
          method === "POST" && path.endsWith("/test_report") &&
          sandbox.reports.length >= REPORTS / 2,
        action: { kind: "respond", status, headers: { "retry-after": "1" } },
        times: 8,
      });
    }
    const system = { clock: setBackClock(stage) };

    const first = await stage.run(["upload", "--json", runs], { system });

    equal([first.code, first.stderr], [0, ""]);
    equal(arrived(sandbox), serials);
    const again = await stage.run(["upload", "--json", runs], { system });
    equal(again.code, 0);
    equal(eventsOf(again).at(-1)?.["already_uploaded"], REPORTS);
    equal(arrived(sandbox), serials);
  });
}
