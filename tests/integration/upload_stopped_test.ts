import { deepStrictEqual as equal, match } from "node:assert/strict";
import { type FakeStage, setFakeStage } from "../support/fake_stage.ts";
import { counted, outcomesOf } from "../support/outcomes.ts";
import { eventsOf, type ProgramResult } from "../support/running_program.ts";
import { runFile } from "../support/runs.ts";

const RUNS = [
  "minimum.jsonloader",
  "sensor_board_failed.runstore",
  "sensor_board_passed.runstore",
].map(runFile);

const UPLOAD = ["upload", "--json", ...RUNS];
const ONE_BY_ONE = [...UPLOAD, "--concurrency", "1"];

/** One run is at StandCloud; each of the others waits, and says why. They are sent and told in no order. */
function checkStopped(
  result: ProgramResult,
  reason: RegExp,
  httpStatus: number | null = null,
): void {
  const reports = eventsOf(result).filter(({ event }) => event === "report");
  equal(reports.map(({ source }) => source).toSorted(), RUNS.toSorted());
  for (const { outcome, http_status: status, ...report } of reports) {
    if (outcome === "uploaded") equal(status, 201);
    else {
      equal([outcome, status], ["waiting", httpStatus]);
      match(String(report["reason"]), reason);
    }
  }
  equal(
    outcomesOf(result).counts,
    counted({ uploaded: 1, waiting: RUNS.length - 1 }),
  );
}

/** Answers the first upload well, and the others like this. */
function answerLater(
  { service }: FakeStage,
  answer: () => Response,
): void {
  const good = service.answers["test_report"];
  let uploads = 0;
  service.answers["test_report"] = (form) =>
    ++uploads === 1 ? good(form) : answer();
}

Deno.test("upload names each run that waits when the API accepts no login any more", async () => {
  await using stage = await setFakeStage();
  answerLater(stage, () => new Response(null, { status: 401 }));

  const result = await stage.run(ONE_BY_ONE);

  equal(result.code, 3);
  checkStopped(result, /does not accept the login/, 401);
  equal(eventsOf(result).at(-1)?.["code"], "login_ended");
  // What was sent was sent again with a new token.
  const attempts = eventsOf(result)
    .filter(({ outcome }) => outcome === "waiting")
    .map(({ attempts }) => attempts);
  equal([...new Set(attempts.filter((count) => count !== 0))], [2]);
});

Deno.test("upload names each run that waits when the login ends on the way", async () => {
  await using stage = await setFakeStage();
  answerLater(stage, () => new Response(null, { status: 401 }));
  stage.service.answers.token = () =>
    Response.json({ error: "invalid_grant" }, { status: 400 });

  const result = await stage.run(ONE_BY_ONE);

  equal(result.code, 3);
  checkStopped(result, /has ended \(invalid_grant\)/);
  equal(stage.service.forms("token").length, 1);
});

Deno.test("upload finishes the run under way after Ctrl-C and names each that waits", async () => {
  await using stage = await setFakeStage();
  const { answers } = stage.service;
  const good = answers["test_report"];
  answers["test_report"] = (form) => {
    program.interrupt();
    return good(form);
  };
  const program = stage.start(ONE_BY_ONE);

  const result = await program.result;

  equal(result.code, 130);
  checkStopped(result, /^Interrupted$/);
  equal(stage.service.forms("test_report").length, 1);
});

Deno.test("upload reports each run once when several are under way as it stops", async () => {
  await using stage = await setFakeStage();
  stage.service.answers["test_report"] = () =>
    new Response(null, { status: 401 });

  const result = await stage.run([...UPLOAD, "--concurrency", "2"]);

  equal(result.code, 3);
  equal(outcomesOf(result).counts, counted({ waiting: 3 }));
  const sources = eventsOf(result).filter(({ event }) => event === "report")
    .map(({ source }) => source);
  equal(sources.toSorted(), RUNS.toSorted());
});

Deno.test("upload counts all outcomes in the same order, also those that did not occur", async () => {
  await using stage = await setFakeStage();

  const result = await stage.run(["upload", "--json", ...RUNS, RUNS[0] ?? ""]);

  const summary = eventsOf(result).at(-1) ?? {};
  equal(Object.keys(summary), [
    "event",
    "uploaded",
    "already_uploaded",
    "would_upload",
    "exported",
    "invalid",
    "rejected",
    "waiting",
    "address",
    "address_source",
    "held",
    "bytes",
    "seconds",
  ]);
  const text = await stage.run(["upload", "--force", ...RUNS]);
  match(text.stdout, /\n3 uploaded in \d+\.\d s \(address: .+\)\n$/);
});
