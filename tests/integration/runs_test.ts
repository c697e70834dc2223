import { deepStrictEqual as equal, match } from "node:assert/strict";
import { onTerminal } from "../support/on_terminal.ts";
import { runFile } from "../support/runs.ts";
import { eventsOf } from "../support/running_program.ts";
import { setLoggedInStage, setStage, type Stage } from "../support/stage.ts";

/** All but the summary at the end. */
function rowsOf(result: { stdout: string }): Record<string, unknown>[] {
  const events = eventsOf(result);
  const summary = events.pop();
  equal([summary?.["event"], summary?.["count"]], ["summary", events.length]);
  return events;
}

/** Uploads a run that passed and one that failed. */
async function upload(stage: Stage): Promise<string[]> {
  const files = ["passed", "failed"].map((how) =>
    runFile(`sensor_board_${how}.jsonloader`)
  );
  const result = await stage.run([
    "upload",
    "--json",
    "--concurrency",
    "1",
    ...files,
  ]);
  equal(result.code, 0);
  return eventsOf(result).filter(({ event }) => event === "report")
    .map((report) => String(report["test_run_id"]));
}

Deno.test("runs list prints a table on a terminal", async () => {
  await using stage = await setLoggedInStage();
  const [id = ""] = await upload(stage);
  const { code, text } = await onTerminal(stage, ["runs", "list"]);
  equal(code, 0);
  const [headings = "", ...rows] = text.trimEnd().split("\n");
  match(
    headings,
    /^START +STATUS +PART NUMBER +SERIAL NUMBER +STAND +TEST RUN$/,
  );
  equal(rows.length, 2);
  const row = rows.find((line) => line.includes(id)) ?? "";
  match(row, /^2026-\d\d-\d\d [\d:]{8} +pass +\S+ +CSB-\d+ /);
  equal(row.indexOf(id), headings.indexOf("TEST RUN"));
});

Deno.test("runs list prints JSON to another program, filtered", async () => {
  await using stage = await setLoggedInStage();
  const [passed = ""] = await upload(stage);
  const all = rowsOf(await stage.run(["runs", "list"]));
  equal(all.length, 2);
  equal(Object.keys(all[0] ?? {}), [
    "event",
    "test_run_id",
    "serial_number",
    "part_number",
    "status",
    "test_stand_name",
    "start_time",
    "stop_time",
    "raw",
  ]);
  const one = rowsOf(
    await stage.run(["--json", "runs", "list", "--status", "passed"]),
  );
  equal(one.map((row) => row["test_run_id"]), [passed]);
  const part = String(one[0]?.["part_number"]);
  for (
    const [flags, count] of [
      [["--part-number", part], 2],
      [["--part-number", "none"], 0],
      [["--stand", String(one[0]?.["test_stand_name"])], 2],
      [["--stand", "none"], 0],
      [["--limit", "1"], 1],
    ] as const
  ) {
    const found = await stage.run(["runs", "list", ...flags]);
    equal([flags, rowsOf(found).length], [flags, count]);
  }
});

Deno.test("runs get shows every field of a run, and says when there is no such run", async () => {
  await using stage = await setLoggedInStage();
  const [id = ""] = await upload(stage);
  const { text } = await onTerminal(stage, ["runs", "get", id]);
  match(text, new RegExp(`^test_run_id +${id}$`, "m"));
  match(text, /^test_stand_info +\{/m);
  const [event] = eventsOf(await stage.run(["runs", "get", id]));
  equal(event?.["test_run_id"], id);
  const missing = await stage.run(["runs", "get", "../none"]);
  equal([missing.code, missing.stdout], [2, ""]);
  match(missing.stderr, /has no test run "\.\.\/none"\nhint: /);
});

Deno.test("runs duts lists the devices", async () => {
  await using stage = await setLoggedInStage();
  await upload(stage);
  const duts = rowsOf(await stage.run(["runs", "duts", "--json"]));
  equal(duts.map(({ event }) => event), duts.map(() => "tested_dut"));
  equal(duts.every((dut) => dut["stop_time"] !== null), true);
});

Deno.test("runs list renews a token that is refused", async () => {
  await using stage = await setLoggedInStage();
  stage.sandbox.expireAccessTokens();
  equal((await stage.run(["runs", "list"])).code, 0);
  equal(stage.sandbox.counts.refreshGrants, 1);
});

for (const status of [401, 403, 404, 405]) {
  Deno.test(`runs sends an API key as documented where HardPy's way is answered with ${status}`, async () => {
    await using stage = await setStage({ apiKeys: ["the-key"] });
    const { sandbox } = stage;
    const env = {
      STANDCLOUD_API_KEY: "the-key",
      STANDCLOUD_ADDRESS: sandbox.address,
    };
    const run = (...args: string[]) => stage.run(args, { env });
    await run("upload", runFile("minimum.jsonloader"));
    sandbox.faults.push({
      match: (_method, path) => path.startsWith("/hardpy/api/v1/test_run"),
      action: { kind: "respond", status },
    });

    const [row] = eventsOf(await run("runs", "list"));
    const [last] = sandbox.requests.slice(-1);
    equal([last?.path, last?.status, last?.bearer], [
      "/integration/api/v1/test_run",
      200,
      false,
    ]);
    const [same] = eventsOf(
      await run("runs", "get", String(row?.["test_run_id"])),
    );
    equal(same, row);
  });
}

Deno.test("runs list names an API key that is refused in both ways", async () => {
  await using stage = await setStage();
  const { code, stderr } = await stage.run(["runs", "list"], {
    env: { STANDCLOUD_API_KEY: "a-wrong-key" },
  });
  equal(code, 3);
  match(stderr, /refuses STANDCLOUD_API_KEY\nhint: make a new API key/);
});

for (
  const [status, code, message] of [
    [403, 3, "does not allow this account to read test runs"],
    [404, 4, "cannot be read back from it"],
    [503, 4, "is out of order"],
  ] as const
) {
  Deno.test(`runs list ends with ${code} when StandCloud answers ${status}`, async () => {
    await using stage = await setLoggedInStage();
    stage.sandbox.faults.push({
      match: (_method, path) => path.endsWith("/test_run"),
      action: { kind: "respond", status },
    });
    const result = await stage.run(["runs", "list"]);
    equal(result.code, code);
    match(result.stderr, new RegExp(message));
  });
}

for (
  const command of [["runs", "list"], [
    "status",
    "--online",
  ]]
) {
  Deno.test(`${command.join(" ")} tells when StandCloud wants to be asked again`, async () => {
    await using stage = await setLoggedInStage();
    const headers = { "retry-after": "90" };
    stage.sandbox.faults.push({
      match: (_, path) => path.startsWith("/hardpy/"),
      action: { kind: "respond", status: 503, headers },
    });
    const { code, stderr } = await stage.run(command);
    equal(code, 4);
    match(stderr, /is out of order \(HTTP 503\)\nhint: try again in 90 s\n/);
  });
}

Deno.test("runs list takes --info KEY=VALUE, and nothing else", async () => {
  await using stage = await setStage();
  const { code, stderr } = await stage.run(["runs", "list", "--info", "x"]);
  equal(code, 2);
  match(stderr, /KEY=VALUE is expected/);
});

Deno.test("runs list without a login ends with 3", async () => {
  await using stage = await setStage();
  equal((await stage.run(["runs", "list"])).code, 3);
});

Deno.test("runs list prints the rows that came before an answer broke off, and ends with 4", async () => {
  await using stage = await setLoggedInStage({ lookup: { earlierRuns: 500 } });
  stage.sandbox.faults.push({
    match: (_method, path) => path.endsWith("/test_run"),
    action: { kind: "break_answer" },
  });
  const { code, stdout, stderr } = await stage.run(["runs", "list"]);
  equal(code, 4);
  match(stderr, /broke off/);
  equal(stdout.split("\n").length > 200, true);
});

Deno.test("runs list --limit reads no further, and asks only the integration API for a page", async () => {
  await using stage = await setLoggedInStage({ lookup: { earlierRuns: 9 } });
  const limited = ["runs", "list", "--limit", "3"];
  equal(rowsOf(await stage.run(limited)).length, 3);
  const env = { STANDCLOUD_API_KEY: "the-key" };
  stage.sandbox.apiKeys.add("the-key");
  stage.sandbox.faults.push({
    match: (_method, path) => path.startsWith("/hardpy/api/v1/test_run"),
    action: { kind: "respond", status: 404 },
  });
  stage.sandbox.lookup.maximumRows = 5;
  equal(rowsOf(await stage.run(limited, { env })).length, 3);
});

Deno.test("runs failed lists the failed cases of a run with all their fields", async () => {
  await using stage = await setLoggedInStage();
  const [passed = "", failed = ""] = await upload(stage);
  const events = rowsOf(await stage.run(["runs", "failed", failed]));
  equal(events.map(({ event, test_run_id: id }) => [event, id]), [
    ["failed_case", failed],
  ]);
  const { text } = await onTerminal(stage, ["runs", "failed", failed]);
  match(text, /^module_id +test_3_sensors$/m);
  match(text, /^assertion_msg +\S/m);
  const none = await onTerminal(stage, ["runs", "failed", passed]);
  equal(none, { code: 0, text: "No case of this run failed.\n" });
  equal(rowsOf(await stage.run(["runs", "failed", passed])), []);
  const missing = await stage.run(["runs", "failed", "none"]);
  equal([missing.code, missing.stdout], [2, ""]);
  match(missing.stderr, /has no test run "none"/);
});
