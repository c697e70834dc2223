import { deepStrictEqual as equal, match } from "node:assert/strict";
import { counted, outcomesOf } from "../support/outcomes.ts";
import { eventsOf } from "../support/running_program.ts";
import { runFile } from "../support/runs.ts";
import { setLoggedInStage, type Stage } from "../support/stage.ts";

const RUN = runFile("minimum.jsonloader");
const PATH = "/hardpy/api/v1/test_report";
const UPLOAD = ["upload", "--retry-for", "0"];

/** Makes the API answer uploads in its own way. */
function answerUploads(
  { sandbox }: Stage,
  status: number,
  body?: string,
): void {
  sandbox.faults.push({
    match: (_, path) => path === PATH,
    action: { kind: "respond", status, ...body !== undefined && { body } },
  });
}

const LATER = [408, 425, 429, 500, 502, 503, 504, 200, 204];

for (const status of LATER) {
  Deno.test(`upload lets a run wait when StandCloud answers ${status}`, async () => {
    await using stage = await setLoggedInStage();
    answerUploads(stage, status);

    const result = await stage.run([...UPLOAD, "--json", RUN]);

    equal([result.code, result.stderr], [6, ""]);
    equal(outcomesOf(result), {
      reports: [["waiting", status]],
      counts: counted({ waiting: 1 }),
    });
  });
}

Deno.test("upload ends when a redirect answers, and sends no more", async () => {
  await using stage = await setLoggedInStage();
  answerUploads(stage, 302);

  const { code, stdout, stderr } = await stage.run(["upload", RUN]);

  equal(code, 4);
  match(stdout, /^waiting .+does not answer as StandCloud: HTTP 302 /);
  match(stderr, /^error: .+ does not answer as StandCloud: HTTP 302 /);
});

for (const status of [400, 404, 405, 409, 410, 413, 415, 422, 501, 505]) {
  Deno.test(`upload gives a run up when StandCloud answers ${status}`, async () => {
    await using stage = await setLoggedInStage();
    answerUploads(stage, status, '{"detail":"no"}');

    const result = await stage.run([...UPLOAD, "--json", RUN]);

    equal([result.code, result.stderr], [5, ""]);
    equal(outcomesOf(result), {
      reports: [["rejected", status]],
      counts: counted({ rejected: 1 }),
    });
  });
}

Deno.test("upload shows each detail of a refusal, with nothing that steers the terminal", async () => {
  await using stage = await setLoggedInStage();
  const detail = [
    {
      loc: ["body", "dut", "part_number"],
      msg: "Field required",
      type: "missing",
    },
    {
      loc: ["body", "modules", "a/b", 0],
      msg: "\u001b[31mred\u001b[0m",
      type: "x",
    },
  ];
  answerUploads(stage, 422, JSON.stringify({ detail }));

  const { code, stdout } = await stage.run([...UPLOAD, RUN]);

  equal(code, 5);
  match(stdout, /^rejected {2}.*\(StandCloud answers with HTTP 422\)\n/);
  match(
    stdout,
    /error: Field required \[refused-by-server \/dut\/part_number\]\n/,
  );
  match(
    stdout,
    /error: {2}\[31mred \[0m \[refused-by-server \/modules\/a~1b\/0\]\n/,
  );
});

Deno.test("upload lets a run wait when the connection is dropped", async () => {
  await using stage = await setLoggedInStage();
  stage.sandbox.faults.push({
    match: (_, path) => path === PATH,
    action: { kind: "reset" },
  });

  const result = await stage.run([...UPLOAD, "--json", RUN]);

  equal(result.code, 6);
  equal(outcomesOf(result), {
    reports: [["waiting", null]],
    counts: counted({ waiting: 1 }),
  });
});

Deno.test("upload sends a run once although the answer is lost", async () => {
  await using stage = await setLoggedInStage();
  stage.sandbox.faults.push({
    match: (_, path) => path === PATH,
    action: { kind: "commit_then_drop" },
  });

  equal((await stage.run([...UPLOAD, RUN])).code, 6);
  equal(stage.sandbox.reports.length, 1);
});

Deno.test("upload --timeout lets a run wait when the answer takes too long", async () => {
  await using stage = await setLoggedInStage();
  stage.sandbox.faults.push({
    match: (_, path) => path === PATH,
    action: { kind: "delay", milliseconds: 30_000 },
  });

  equal((await stage.run([...UPLOAD, "--timeout", "1", RUN])).code, 6);
});

Deno.test("upload takes each *.json of a folder and sends the same run once", async () => {
  await using stage = await setLoggedInStage();
  const folder = stage.folder.join("runs");
  await Deno.mkdir(`${folder}/below`, { recursive: true });
  await Deno.copyFile(RUN, `${folder}/a.json`);
  await Deno.copyFile(runFile("minimum.runstore"), `${folder}/below/B.JSON`);
  await Deno.copyFile(
    runFile("sensor_board_passed.runstore"),
    `${folder}/c.json`,
  );
  await Deno.writeTextFile(`${folder}/notes.txt`, "no run");
  await Deno.symlink(
    runFile("sensor_board_failed.runstore"),
    `${folder}/link.json`,
  );

  const result = await stage.run([
    "upload",
    "--json",
    "--concurrency",
    "1",
    folder,
  ]);

  equal(result.code, 0);
  const { reports, counts } = outcomesOf(result);
  equal(reports.sort(), [
    ["already_uploaded", 201],
    ["uploaded", 201],
    ["uploaded", 201],
  ]);
  equal(counts, counted({ uploaded: 2, "already_uploaded": 1 }));
  equal(stage.sandbox.reports.length, 2);
});

Deno.test("upload reads one run from stdin", async () => {
  await using stage = await setLoggedInStage();
  const stdin = await Deno.readTextFile(RUN);

  const result = await stage.run(["upload", "--json", "-"], { stdin });

  equal(result.code, 0);
  equal(eventsOf(result)[0]?.["source"], "-");
  equal(stage.sandbox.reports.length, 1);
});

Deno.test("upload speaks HTTP/1.1 and asks for JSON", async () => {
  await using stage = await setLoggedInStage();

  equal((await stage.run([...UPLOAD, RUN])).code, 0);

  const sent = stage.sandbox.requests.filter(({ path }) => path === PATH);
  equal(sent.map(({ httpVersion, bearer }) => [httpVersion, bearer]), [[
    "1.1",
    true,
  ]]);
  const headers = stage.sandbox.reports[0]?.headers ?? {};
  equal([headers["accept"], headers["content-type"]], [
    "application/json",
    "application/json",
  ]);
});

Deno.test("upload remembers when StandCloud wants to be asked again, and history says so", async () => {
  await using stage = await setLoggedInStage();
  stage.sandbox.faults.push({
    match: (_, path) => path === PATH,
    action: { kind: "too_many_requests", retryAfterSeconds: 600 },
  });

  equal((await stage.run([...UPLOAD, RUN])).code, 6);
  // Nobody asks before: neither this process nor the next one.
  equal((await stage.run([...UPLOAD, RUN])).code, 6);
  const asked = stage.sandbox.requests.filter(({ path }) => path === PATH);
  equal(asked.length, 1);
  const { stdout } = await stage.run(["history", "--waiting"]);
  match(
    stdout,
    /^waiting .+not before 20.+Z, StandCloud answers with HTTP 429/,
  );
});
