import assert from "node:assert/strict";
import { arrived, setCourierStage, writeRuns } from "../support/courier.ts";
import { counted, named, outcomesOf } from "../support/outcomes.ts";
import { runFile } from "../support/runs.ts";

const JSON_RUN = ["upload", "--retry-for", "0", "--json"];

Deno.test("upload of a bundle sends byte for byte what upload of its files sends", async () => {
  await using stage = await setCourierStage();
  const files = ["minimum.runstore", "sensor_board_passed.jsonloader"]
    .map(runFile);
  const long = await stage.pc.folder.write(
    "long.json",
    (await Deno.readTextFile(runFile("minimum.jsonloader")))
      .replace(/"start_time": \d+/, '"start_time": 9007199254740993'),
  );

  await stage.stand("upload", "--export", stage.path("b.zip"), ...files, long);
  assert.equal(
    (await stage.pc.run([...JSON_RUN, stage.path("b.zip")])).code,
    0,
  );
  const bundled = arrived(stage.pc);
  await stage.pc.run([...JSON_RUN, "--force", ...files, long]);
  const direct = stage.pc.sandbox.reports.slice(3).map(({ text }) => text);

  assert.equal(bundled.length, 3);
  assert.deepEqual(bundled, direct.sort());
  assert.ok(bundled.some((text) => text.includes("9007199254740993")));
});

Deno.test("upload --export --fill-unknown carries the run under the digest that the stand knows", async () => {
  await using stage = await setCourierStage();
  const run = runFile("no_part_number.jsonloader");
  const path = stage.path("b.zip");

  const refused = await stage.stand(...JSON_RUN, "--export", path, run);
  assert.equal(refused.code, 5);
  assert.deepEqual(named(refused, "bundle"), []);
  await assert.rejects(Deno.lstat(path));

  const exported = await stage.stand(
    ...[...JSON_RUN, "--fill-unknown", "--export", path, run],
  );
  const sent = await stage.pc.run([...JSON_RUN, path]);
  await stage.stand("history", "import", stage.path("b.receipts.jsonl"));

  assert.deepEqual([exported.code, sent.code], [0, 0]);
  const [digest] = named(exported, "report").map((one) => one["digest"]);
  assert.deepEqual(named(sent, "report").map((one) => one["digest"]), [digest]);
  assert.equal(
    JSON.parse(arrived(stage.pc)[0] ?? "").dut["part_number"],
    "unknown",
  );
  const history = await stage.stand("history", "--json");
  assert.deepEqual(
    named(history, "history").map((one) => [one["digest"], one["state"]]),
    [[digest, "uploaded"]],
  );
});

Deno.test("upload --export leaves out what is invalid, unfinished or uploaded, and tells it", async () => {
  await using stage = await setCourierStage();
  await writeRuns(stage.path("runs"), 3);
  await Deno.copyFile(
    runFile("no_part_number.jsonloader"),
    stage.path("runs", "invalid.json"),
  );
  const live = JSON.parse(await Deno.readTextFile(runFile("minimum.runstore")));
  await Deno.writeTextFile(
    stage.path("runs", "live.json"),
    JSON.stringify({ ...live, status: "run", "stop_time": null }),
  );
  await stage.pc.run([...JSON_RUN, stage.path("runs", "0.json")]);

  const exported = await stage.pc.run([
    ...["upload", "--json", "--export", stage.path("b"), stage.path("runs")],
  ]);

  assert.equal(exported.code, 5);
  assert.deepEqual(
    outcomesOf(exported).counts,
    counted({ "already_uploaded": 1, exported: 2, invalid: 1, waiting: 1 }),
  );
  const names = await Array.fromAsync(
    Deno.readDir(stage.path("b", "standcloud-documents")),
  );
  assert.equal(names.length, 2);
  const forced = await stage.pc.run([
    ...["upload", "--json", "--force", "--export", stage.path("all.zip")],
    stage.path("runs"),
  ]);
  assert.equal(outcomesOf(forced).counts["exported"], 3);
});

Deno.test("upload --export overwrites nothing and leaves nothing half", async () => {
  await using stage = await setCourierStage();
  await writeRuns(stage.path("runs"), 1);
  await Deno.writeTextFile(stage.path("b.zip"), "mine");
  await Deno.mkdir(stage.path("b"));
  for (const name of ["b.zip", "b", "none/b.zip"]) {
    const { code, stderr } = await stage.stand(
      ...["upload", "--export", stage.path(name), stage.path("runs")],
    );
    assert.equal(code, 2, name);
    assert.match(stderr, /^error: .*(is already there|no such folder)/);
  }
  assert.equal(await Deno.readTextFile(stage.path("b.zip")), "mine");

  const run = await stage.pc.start(
    ["upload", "--export", stage.path("c.zip"), stage.path("runs")],
    { system: { interrupted: AbortSignal.abort(new Error("stopped")) } },
  );
  assert.notEqual((await run.result).code, 0);
  const left = await Array.fromAsync(Deno.readDir(stage.path()));
  assert.deepEqual(left.filter(({ name }) => /c\.zip/.test(name)), []);
});

Deno.test("upload --export without an address says that history will not show it; import records it", async () => {
  await using stage = await setCourierStage();
  const { pc } = stage;
  const home = stage.path("stand");
  const env = { STANDCLOUD_ADDRESS: "" };
  const path = stage.path("b.zip");
  const run = ["upload", "--export", path, runFile("minimum.jsonloader")];

  const exported = await pc.run(run, { home, env });
  assert.equal(exported.code, 0);
  assert.match(exported.stderr, /^warning: no StandCloud address is known/);
  const empty = await pc.run(["history", "--json"], { home, env });
  assert.deepEqual(named(empty, "history"), []);

  assert.equal((await pc.run([...JSON_RUN, path])).code, 0);
  const imported = await pc.run(
    ["history", "import", "--json", stage.path("b.receipts.jsonl")],
    { home, env },
  );
  assert.equal(imported.code, 0);
  assert.match(imported.stderr, /^warning: 1 of the reports were not known/);
  const history = await pc.run(["history", "--json"], { home, env });
  assert.deepEqual(
    named(history, "history").map((one) => [one["state"], one["source"]]),
    [["uploaded", runFile("minimum.jsonloader")]],
  );
});

Deno.test("upload --export of what is at StandCloud writes nothing, and says so", async () => {
  await using stage = await setCourierStage();
  const run = runFile("minimum.jsonloader");
  const path = stage.path("b.zip");
  assert.equal((await stage.pc.run([...JSON_RUN, run])).code, 0);
  const { code, stderr } = await stage.pc.run([
    "upload",
    "--export",
    path,
    run,
  ]);
  assert.deepEqual([code, stderr], [
    0,
    `note: "${path}" was not written: it would be empty\n`,
  ]);
  await assert.rejects(Deno.stat(path), Deno.errors.NotFound);
});

Deno.test("upload --export excludes flags that make no sense with it", async () => {
  await using stage = await setCourierStage();
  for (const flags of [["--watch"], ["--dry-run"], ["--after", "move"]]) {
    const { code, stderr } = await stage.stand(
      ...["upload", "--export", stage.path("b.zip"), ...flags, stage.path()],
    );
    assert.equal(code, 2);
    assert.match(stderr, RegExp(`--export and ${flags.join(" ")} exclude`));
  }
});

Deno.test("upload passes over a bundle and receipts in a folder of runs", async () => {
  await using stage = await setCourierStage();
  const { pc, path } = stage;
  await writeRuns(path("runs"), 3);
  await pc.run(["upload", "--export", path("b.zip"), path("runs")]);
  await pc.run([...JSON_RUN, path("b.zip")]);
  await pc.run([
    "upload",
    "--force",
    "--export",
    path("runs", "b"),
    path("runs"),
  ]);
  await Deno.copyFile(
    path("b.receipts.jsonl"),
    path("runs", "b.receipts.jsonl"),
  );

  const result = await pc.run(["upload", "--json", path("runs")]);

  assert.equal(result.code, 0);
  assert.deepEqual(
    outcomesOf(result).counts,
    counted({ "already_uploaded": 3 }),
  );
});

Deno.test("upload of a bundle sends nothing that the stand had sent before its answer was lost", async () => {
  await using stage = await setCourierStage({ apiKeys: ["key"] });
  const { sandbox } = stage.pc;
  const home = stage.path("stand");
  const env = { STANDCLOUD_API_KEY: "key" };
  const run = runFile("sensor_board_passed.jsonloader");
  sandbox.faults.push({
    match: (method) => method === "POST",
    times: 1,
    action: { kind: "commit_then_drop" },
  });
  const lost = await stage.pc.run([...JSON_RUN, run], { home, env });
  assert.deepEqual([lost.code, sandbox.reports.length], [6, 1]);

  await stage.stand("upload", "--export", stage.path("b.zip"), run);
  const sent = await stage.pc.run([...JSON_RUN, stage.path("b.zip")]);

  assert.deepEqual([sent.code, outcomesOf(sent).counts], [
    0,
    counted({ uploaded: 1 }),
  ]);
  assert.equal(sandbox.reports.length, 1);
});

Deno.test("upload of what was exported sends nothing that came to StandCloud with the bundle", async () => {
  await using stage = await setCourierStage({ apiKeys: ["key"] });
  const run = runFile("sensor_board_passed.jsonloader");
  const path = stage.path("b.zip");
  await stage.stand("upload", "--export", path, run);
  await stage.pc.run([...JSON_RUN, path]);

  const home = stage.path("stand");
  const env = { STANDCLOUD_API_KEY: "key" };
  const direct = await stage.pc.run([...JSON_RUN, run], { home, env });

  assert.deepEqual([direct.code, outcomesOf(direct).counts], [
    0,
    counted({ uploaded: 1 }),
  ]);
  assert.equal(stage.pc.sandbox.reports.length, 1);
});
