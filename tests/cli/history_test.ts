import { deepStrictEqual as equal, match } from "node:assert/strict";
import { runProgram } from "../support/run_program.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";
import { fakeSystem } from "../system/fake_system.ts";
import {
  filledLedger,
  quietLedger,
  reportKey,
  WAITING,
} from "../upload/ledger/ledgers.ts";

for (
  const [date, code] of [
    ["2026-02-28", 0],
    ["2026-02-28T12:00", 0],
    ["2026-02-30", 2],
    ["yesterday", 2],
  ] as const
) {
  Deno.test(`history --since ${date} ends with ${code}`, async () => {
    await using folder = await TemporaryFolder.make();
    const home = folder.join("home");

    const result = await runProgram(["history", "--since", date], { home });

    equal(result.code, code);
    if (code === 2) match(result.stderr, /a date is expected, for example/);
  });
}

/** A stand's home whose ledger knows one report, and how it went at each of two addresses. */
async function homeOfTwo(folder: TemporaryFolder): Promise<string> {
  const home = folder.join("home");
  await filledLedger(home, 1);
  await using opened = await quietLedger(fakeSystem(home));
  await opened.ledger.record(reportKey(0, { address: "b.example" }), WAITING);
  return home;
}

Deno.test("history names the address where reports went to several", async () => {
  await using folder = await TemporaryFolder.make();
  const home = await homeOfTwo(folder);

  const { stdout } = await runProgram(["history"], { home });

  match(stdout, /^waiting .*\(b\.example, /m);
  match(stdout, /^uploaded .*\(demo\.standcloud\.io, /m);
});

Deno.test("history forget says at which address, where there are several", async () => {
  await using folder = await TemporaryFolder.make();
  const home = await homeOfTwo(folder);

  const { digest } = reportKey(0);
  const { stdout } = await runProgram(["history", "forget", digest], { home });

  const lines = stdout.trimEnd().split("\n").toSorted();
  equal(lines, [
    "forgotten  /runs/0.json (000000000000, uploaded, demo.standcloud.io)",
    "forgotten  /runs/0.json (000000000000, waiting, b.example)",
  ]);
});
