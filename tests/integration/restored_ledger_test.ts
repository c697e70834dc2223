import { deepStrictEqual as equal, match, ok } from "node:assert/strict";
import { copy } from "../support/copy_folder.ts";
import { eventsOf } from "../support/running_program.ts";
import { runFile } from "../support/runs.ts";
import { setLoggedInStage, type Stage } from "../support/stage.ts";

/** Runs of one plan that differ in their start and serial number. */
async function putRuns(stage: Stage, numbers: readonly number[]) {
  const text = await Deno.readTextFile(runFile("minimum.jsonloader"));
  const folder = stage.folder.join("runs");
  await Deno.mkdir(folder, { recursive: true });
  for (const number of numbers) {
    const run = JSON.parse(text);
    run.id = run.rev = crypto.randomUUID();
    run.dut.serial_number = `SN-${number}`;
    run.dut.part_number = "PN";
    run.test_stand.name = "stand";
    run.start_time += number;
    run.stop_time += number;
    await stage.folder.write(`runs/${number}.json`, JSON.stringify(run));
  }
  return folder;
}

async function upload(stage: Stage, numbers: readonly number[]) {
  const folder = await putRuns(stage, numbers);
  const result = await stage.run(["upload", folder, "--json"]);
  const reports = eventsOf(result).filter(({ event }) => event === "report");
  return { ...result, reports };
}

function sent({ sandbox }: Stage): string[] {
  return sandbox.reports.map(({ text }) => JSON.parse(text).dut.serial_number)
    .sort();
}

async function dropLedger({ home }: Stage): Promise<void> {
  for (const end of ["", "-wal", "-shm"]) {
    await Deno.remove(`${home}/ledger.db${end}`).catch(() => {});
  }
}

const ways: [
  name: string,
  restore: (stage: Stage, backup: string) => Promise<void>,
][] = [
  ["its file alone", async (stage, backup) => {
    await dropLedger(stage);
    await Deno.copyFile(`${backup}/ledger.db`, `${stage.home}/ledger.db`);
  }],
  ["its file alone, over the one that was there", async (stage, backup) => {
    await Deno.copyFile(`${backup}/ledger.db`, `${stage.home}/ledger.db`);
  }],
  ["the whole home", async (stage, backup) => {
    await Deno.remove(stage.home, { recursive: true });
    await copy(backup, stage.home);
    for (const name of ["", "logins", "claims"]) {
      await Deno.chmod(`${stage.home}/${name}`, 0o700);
    }
  }],
];

for (const [name, restore] of ways) {
  Deno.test(`a ledger that was restored from a backup (${name}) sends no run twice`, async () => {
    await using stage = await setLoggedInStage();
    equal((await upload(stage, [1])).code, 0);
    const backup = stage.folder.join("backup");
    await copy(stage.home, backup);
    equal((await upload(stage, [2, 3])).code, 0);

    await restore(stage, backup);
    const { code, stderr, reports } = await upload(stage, [4]);

    equal([code, sent(stage)], [0, ["SN-1", "SN-2", "SN-3", "SN-4"]]);
    match(stderr, /the ledger was restored from a backup, or copied/);
    equal(reports.some((one) => one["possibly_duplicate"]), false);
    const again = await upload(stage, [5]);
    equal([again.code, sent(stage).length], [0, 5]);
    ok(!again.stderr.includes("restored"));
  });
}

Deno.test("runs that a restored ledger may have sent are marked where StandCloud cannot say", async () => {
  await using stage = await setLoggedInStage();
  await upload(stage, [1]);
  const backup = stage.folder.join("backup");
  await copy(stage.home, backup);
  await upload(stage, [2]);
  await dropLedger(stage);
  await Deno.copyFile(`${backup}/ledger.db`, `${stage.home}/ledger.db`);
  stage.sandbox.lookup.status = 404;
  const { reports } = await upload(stage, []);
  equal(
    reports.map((
      one,
    ) => [one["serial_number"], one["possibly_duplicate"] ?? false])
      .sort(),
    [["SN-1", false], ["SN-2", true]],
  );
});
