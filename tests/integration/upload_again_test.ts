import { deepStrictEqual as equal, match } from "node:assert/strict";
import { openDatabase } from "../../src/system/database.ts";
import { setFakeStage } from "../support/fake_stage.ts";
import { arrived, writeReports } from "../support/many_reports.ts";
import { outcomesOf } from "../support/outcomes.ts";
import { eventsOf } from "../support/running_program.ts";
import { compact, runFile } from "../support/runs.ts";
import { setLoggedInStage, type Stage } from "../support/stage.ts";

const AT_ONCE = ["upload", "--json", "--retry-for", "0"];
const isUpload = (method: string) => method === "POST";

/** Leaves a report as a process does that is killed while it sends it. */
async function crash(home: string): Promise<void> {
  using database = await openDatabase(`${home}/ledger.db`);
  database.run("UPDATE reports SET state = 'sending', owner = $owner", {
    owner: crypto.randomUUID(),
  });
}

async function statesOf(stage: Stage, ...flags: string[]): Promise<unknown[]> {
  const result = await stage.run(["history", "--json", ...flags]);
  return eventsOf(result).filter(({ event }) => event === "history")
    .map(({ state, source }) => [state, source]);
}

/** A stand on which a report was being sent when the program was killed. */
async function crashedStage(): Promise<Stage & { path: string }> {
  const stage = await setLoggedInStage();
  await writeReports(stage.folder.join("runs"), 1);
  const path = stage.folder.join("runs", "SN-0.json");
  stage.sandbox.faults.push({
    match: isUpload,
    times: 1,
    action: { kind: "reset" },
  });
  await stage.run([...AT_ONCE, path]);
  await crash(stage.home);
  return { ...stage, path };
}

Deno.test("history --waiting shows what was being sent when the program was killed", async () => {
  await using stage = await crashedStage();
  equal(await statesOf(stage, "--waiting"), [["waiting", stage.path]]);
});

Deno.test("history retry sends what was being sent when the program was killed", async () => {
  await using stage = await crashedStage();
  equal((await stage.run(["history", "retry"])).code, 0);
  equal(arrived(stage.sandbox), ["SN-0"]);
});

Deno.test("history forget drops what was being sent when the program was killed", async () => {
  await using stage = await crashedStage();
  const [entry] = eventsOf(await stage.run(["history", "--json"]));
  await crash(stage.home);
  const digest = String(entry?.["digest"]);
  equal((await stage.run(["history", "forget", digest])).code, 0);
  equal(await statesOf(stage), []);
});

Deno.test("history retry sends the runs of stdin again, each from the ledger", async () => {
  await using stage = await setLoggedInStage();
  const texts = [
    "minimum.jsonloader",
    "sensor_board_passed.jsonloader",
  ].map((name) => Deno.readTextFileSync(runFile(name)));
  const stdin = texts.map(compact).join("\n");
  stage.sandbox.setReachable(false);
  equal((await stage.run([...AT_ONCE, "-"], { stdin })).code, 6);
  stage.sandbox.setReachable(true);
  equal((await statesOf(stage)).toSorted(), [["waiting", "-:1"], [
    "waiting",
    "-:2",
  ]]);

  const result = await stage.run(["history", "retry", "--json"]);

  equal([result.code, stage.sandbox.reports.length], [0, 2]);
  const database = await openDatabase(`${stage.home}/ledger.db`);
  equal(database.all("SELECT * FROM documents"), []);
  database[Symbol.dispose]();
});

Deno.test("history retry sends a run of stdin again for which nothing was tried", async () => {
  await using stage = await setLoggedInStage();
  const stdin = await Deno.readTextFile(runFile("minimum.jsonloader"));
  stage.sandbox.faults.push({
    match: isUpload,
    times: 1,
    action: { kind: "too_many_requests", retryAfterSeconds: 2 },
  });
  const other = runFile("sensor_board_passed.jsonloader");
  await stage.run([...AT_ONCE, other]);

  const paused = await stage.run([...AT_ONCE, "-"], { stdin });

  const names = eventsOf(paused).map(({ event }) => event);
  equal(names, ["paused", "report", "summary"]);
  equal(eventsOf(paused)[1]?.["attempts"], 0);
  const result = await stage.run(["history", "retry", "--json"]);
  equal([result.code, stage.sandbox.reports.length], [0, 2]);
});

for (const way of ["file", "stdin"]) {
  Deno.test(`history retry fills the gaps of a run from ${way} as the upload did`, async () => {
    await using stage = await setLoggedInStage();
    const path = runFile("no_part_number.jsonloader");
    const stdin = await Deno.readTextFile(path);
    stage.sandbox.setReachable(false);
    const source = way === "file" ? path : "-";
    await stage.run([...AT_ONCE, "--fill-unknown", source], { stdin });
    stage.sandbox.setReachable(true);

    const result = await stage.run(["history", "retry", "--json"]);

    equal(result.code, 0, result.stdout);
    const dut = stage.sandbox.reports[0]?.body["dut"] as Record<
      string,
      unknown
    >;
    equal(dut["part_number"], "unknown");
  });
}

Deno.test("upload ends soon after Ctrl-C although StandCloud does not answer, and looks the run up the next time", async () => {
  await using stage = await setFakeStage();
  await writeReports(stage.folder.join("runs"), 1);
  const path = stage.folder.join("runs", "SN-0.json");
  const { answers } = stage.service;
  const good = answers["test_report"];
  const { promise: hanging, resolve: release } = Promise.withResolvers<
    Response
  >();
  answers["test_report"] = () => {
    program.interrupt();
    return hanging;
  };
  const program = stage.start([...AT_ONCE, "--timeout", "86400", path]);

  const result = await program.result;

  release(new Response());
  equal(result.code, 130);
  equal(outcomesOf(result).reports, [["waiting", null]]);
  answers["test_report"] = good;
  const again = await stage.run([...AT_ONCE, path]);
  equal([again.code, outcomesOf(again).reports], [0, [["uploaded", 201]]]);
  const names = stage.service.received.map(({ name }) => name);
  equal(names.slice(-2), ["test_run", "test_report"]);
});

Deno.test("upload takes a broken file from the future for what it is", async () => {
  await using stage = await setLoggedInStage();
  await Deno.mkdir(stage.folder.join("runs"));
  const path = await stage.folder.write("runs/half.json", '{"status":');
  const tomorrow = new Date(Date.now() + 86_400_000);
  await Deno.utime(path, tomorrow, tomorrow);
  const result = await stage.run([...AT_ONCE, stage.folder.join("runs")]);
  equal([result.code, outcomesOf(result).reports], [5, [["invalid", null]]]);
});

Deno.test("upload sends the other files of a pattern when one cannot be read", async () => {
  await using stage = await setLoggedInStage();
  await writeReports(stage.folder.join("runs"), 1);
  await Deno.symlink("loop.json", stage.folder.join("runs", "loop.json"));
  await Deno.rename(
    stage.folder.join("runs", "SN-0.json"),
    stage.folder.join("runs", "a.json"),
  );
  const result = await stage.run([
    ...AT_ONCE,
    stage.folder.join("runs", "*.json"),
  ]);
  equal(result.code, 2, result.stdout);
  // A file that cannot be read is done first: nothing of it is sent. A link to itself is no sound run.
  const outcomes = outcomesOf(result).reports.map(([outcome]) => outcome);
  equal(outcomes.toSorted(), ["invalid", "uploaded"]);
  match(result.stdout, /Cannot read .*loop\.json/);
});

Deno.test("upload does not do without a ledger that it cannot read", async () => {
  await using stage = await setLoggedInStage();
  const path = runFile("minimum.jsonloader");
  equal((await stage.run([...AT_ONCE, path])).code, 0);
  {
    using database = await openDatabase(`${stage.home}/ledger.db`);
    database.run("PRAGMA user_version=99");
  }
  const { code, stderr } = await stage.run(["upload", path]);
  equal(code, 2);
  match(stderr, /^error: .*ledger.db" was written by a later version/);
  equal(stage.sandbox.reports.length, 1);
});

Deno.test("upload --dry-run says so when it sets a damaged ledger aside", async () => {
  await using stage = await setLoggedInStage();
  const path = runFile("minimum.jsonloader");
  equal((await stage.run([...AT_ONCE, path])).code, 0);
  await Deno.writeTextFile(`${stage.home}/ledger.db`, "no ledger".repeat(999));
  const { code, stderr } = await stage.run(["upload", "--dry-run", path]);
  equal(code, 0);
  match(stderr, /^warning: the ledger was damaged/);
});

Deno.test("upload says where a run came from only when that was another file", async () => {
  await using stage = await setLoggedInStage();
  const path = stage.folder.join("a.json");
  await Deno.copyFile(runFile("minimum.jsonloader"), path);
  await Deno.copyFile(path, stage.folder.join("b.json"));
  await stage.run([...AT_ONCE, path]);
  const texts = ["a.json", "b.json"].map(async (name) =>
    (await stage.run(["upload", stage.folder.join(name)])).stdout
  );
  const [same = "", other = ""] = await Promise.all(texts);
  match(same, /^already uploaded {2}\S+a\.json \(run \S+, \d{4}-/);
  match(other, /^already uploaded {2}\S+b\.json \(run \S+, as \S+a\.json, /);
});

Deno.test("upload --quiet says nothing of what is at StandCloud", async () => {
  await using stage = await setLoggedInStage();
  await writeReports(stage.folder.join("runs"), 1);
  const path = stage.folder.join("runs");
  for (let i = 0; i < 2; i++) {
    const { code, stdout, stderr } = await stage.run([
      "upload",
      "--quiet",
      path,
    ]);
    equal([code, stdout, stderr], [0, "", ""]);
  }
});
