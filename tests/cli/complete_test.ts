import assert from "node:assert/strict";
import { prepareLogin } from "../../scripts/bench/login.ts";
import { explainedRules } from "../../src/cli/rule_text.ts";
import { run } from "../../src/cli/run.ts";
import { type FakeSystem, fakeSystem } from "../system/fake_system.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";
import {
  filledLedger,
  REJECTED,
  reportKey,
  UPLOADED,
  WAITING,
} from "../upload/ledger/ledgers.ts";
import { runEmpty } from "./run_in.ts";

/** What is proposed for the last word, behind the ones before it. */
async function proposed(...words: string[]): Promise<string[]> {
  const current = words.pop() ?? "";
  const { exitCode, stdout, stderr } = await runEmpty(
    ["__complete", `=${current}`, ...words],
  );
  assert.deepEqual([exitCode, stderr], [0, ""]);
  return values(stdout);
}

function values(stdout: string): string[] {
  return stdout.split("\n").slice(0, -1)
    .map((line) => line.split("\t")[0] ?? "");
}

Deno.test("complete() proposes commands, each with what it does", async () => {
  const { stdout } = await runEmpty(["__complete", "=sc"]);
  assert.equal(
    stdout,
    "sc-login\tLog this stand in to StandCloud\n" +
      "sc-logout\tEnd the login at StandCloud and delete it here\n" +
      "sc-sync\tUpload what waits below a folder, as HardPy's sc-sync does\n",
  );
  assert.ok((await proposed("")).includes("validate"));
  assert.deepEqual(await proposed("history", "f"), ["forget"]);
});

Deno.test("complete() proposes flags where a dash was typed, and values where a flag wants one", async () => {
  assert.deepEqual(await proposed("upload", "--dr"), ["--dry-run"]);
  assert.deepEqual(await proposed("sc-login", "--flow", "b"), ["browser"]);
  assert.deepEqual(await proposed("sc-login", "--flow=b"), ["--flow=browser"]);
  assert.deepEqual(
    await proposed("upload", "--after", ""),
    ["keep", "move", "delete"],
  );
  assert.deepEqual(await proposed("--json", "upload", "--dr"), ["--dry-run"]);
  assert.deepEqual(
    await proposed("completions", ""),
    ["bash", "zsh", "fish", "powershell"],
  );
});

Deno.test("complete() leaves files to the shell, also for flags that name one", async () => {
  assert.deepEqual(await proposed("upload", "rep"), [":files"]);
  assert.deepEqual(await proposed("upload", "a.json", ""), [":files"]);
  assert.deepEqual(await proposed("validate", "--ca-file", "c"), [":files"]);
  assert.deepEqual(await proposed("upload", "--export", "pl"), [":files"]);
  assert.deepEqual(await proposed("history", "import", "pl"), [":files"]);
  assert.deepEqual(await proposed("validate", "--config=pl"), [":files"]);
  assert.deepEqual(await proposed("sc-login", "--port", ""), []);
});

Deno.test("complete() proposes every rule", async () => {
  const words = explainedRules.map(({ word }) => word);
  assert.deepEqual(await proposed("validate", "--explain", ""), words);
});

Deno.test("complete() proposes the addresses of stored logins, without opening them", async () => {
  await using folder = await TemporaryFolder.make();
  await prepareLogin(folder.path, "demo.standcloud.io:8443");
  // Without the key no login can be opened.
  await Deno.remove(folder.join("key.txt"));
  const system = fakeSystem(folder.path);
  await run(["__complete", "=demo", "sc-logout"], system);
  assert.deepEqual(
    values(system.terminal.stdout()),
    ["demo.standcloud.io:8443"],
  );
});

/** Every third report of the ledger is uploaded. */
const SETTLEMENTS = [UPLOADED, WAITING, REJECTED];

/** Numbers of the reports whose digests are proposed, in their order. */
async function reportsProposed(
  system: FakeSystem,
  command: string,
  partial: string,
): Promise<number[]> {
  const before = system.terminal.stdout().length;
  await run(["__complete", `=${partial}`, "history", command], system);
  return values(system.terminal.stdout().slice(before))
    .map((digest) => parseInt(digest, 16)).sort((a, b) => a - b);
}

Deno.test("complete() proposes the digests of the ledger that fit what was typed, to retry those alone that were not uploaded", async () => {
  await using folder = await TemporaryFolder.make();
  const system = fakeSystem(folder.path);
  await filledLedger(folder.path, 18, SETTLEMENTS);
  const digest = (number: number) => reportKey(number).digest;
  const all = Array.from({ length: 18 }, (_, number) => number);
  const cases: [command: string, partial: string, expected: number[]][] = [
    ["forget", "", all],
    ["retry", "", all.filter((number) => number % 3 !== 0)],
    ["forget", digest(16).slice(0, -1), [16, 17]],
    ["retry", digest(15).slice(0, -1), [1, 2, 4, 5, 7, 8, 10, 11, 13, 14]],
    ["forget", digest(3), [3]],
    ["retry", digest(3), []],
    ["retry", digest(4), [4]],
    ["forget", "f", []],
    ["forget", "%", []],
  ];
  for (const [command, partial, expected] of cases) {
    assert.deepEqual(
      [command, partial, await reportsProposed(system, command, partial)],
      [command, partial, expected],
    );
  }
  // What is given already can be followed by another one.
  await run(
    ["__complete", `=${digest(5)}`, "history", "forget", digest(4)],
    system,
  );
  assert.equal(values(system.terminal.stdout()).at(-1), digest(5));
  assert.equal(system.terminal.stderr(), "");
});

Deno.test("complete() finds the digest that was begun among those of very many reports", async () => {
  await using folder = await TemporaryFolder.make();
  const system = fakeSystem(folder.path);
  await filledLedger(folder.path, 400, SETTLEMENTS);
  const begun = reportKey(4).digest.slice(0, -1);
  assert.equal((await reportsProposed(system, "forget", "")).length, 100);
  assert.deepEqual(
    await reportsProposed(system, "retry", begun),
    [1, 2, 4, 5, 7, 8, 10, 11, 13, 14],
  );
});

Deno.test("complete() leaves a damaged ledger to the next command, which says so", async () => {
  await using folder = await TemporaryFolder.make();
  const system = fakeSystem(folder.path);
  const path = await filledLedger(folder.path, 3);
  await Deno.writeTextFile(path, "no ledger ".repeat(1000));
  assert.deepEqual(await reportsProposed(system, "forget", ""), []);
  assert.equal(system.terminal.stderr(), "");
  await run(["history"], system);
  assert.match(system.terminal.stderr(), /^warning: the ledger was damaged/);
});

Deno.test("complete() makes no file and says nothing about what it cannot read", async () => {
  await using folder = await TemporaryFolder.make();
  const home = folder.join("home");
  const system = fakeSystem(home);
  for (const words of [["history", "forget"], ["sc-logout"], ["nonsense"]]) {
    assert.equal(await run(["__complete", "=", ...words], system), 0);
  }
  assert.equal(await run(["__complete"], system), 0);
  assert.equal(system.terminal.stderr(), "");
  await assert.rejects(Deno.stat(home));
});
