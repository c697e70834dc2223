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
    ["yesterday", 0],
    ["7d", 0],
    ["7w", 2],
  ] as const
) {
  Deno.test(`history --since ${date} ends with ${code}`, async () => {
    await using folder = await TemporaryFolder.make();
    const home = folder.join("home");

    const result = await runProgram(["history", "--since", date], { home });

    equal(result.code, code);
    if (code === 2) {
      match(result.stderr, /a time span is expected, for example/);
    }
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

Deno.test("history forget drops what went to several addresses only where it is meant", async () => {
  await using folder = await TemporaryFolder.make();
  const home = await homeOfTwo(folder);
  const forget = ["history", "forget", reportKey(0).digest];

  const unclear = await runProgram(forget, { home });
  equal(unclear.code, 2);
  match(unclear.stderr, /several addresses: (?=.*b\.example).*demo\.stand/);
  match(unclear.stderr, /^hint: set STANDCLOUD_ADDRESS/m);

  const env = { STANDCLOUD_ADDRESS: "b.example" };
  const { stdout } = await runProgram(forget, { home, env });
  equal(
    stdout,
    "forgotten  /runs/0.json (000000000000, waiting, b.example)\n",
  );
  const { stdout: rest } = await runProgram(["history"], { home });
  match(rest, /^uploaded .*\n1 uploaded\n$/);
});
