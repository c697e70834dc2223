import { deepStrictEqual as equal, match, ok } from "node:assert/strict";
import { type FakeStage, setFakeStage } from "../support/fake_stage.ts";
import { eventsOf } from "../support/running_program.ts";
import { runFile } from "../support/runs.ts";
import { until } from "../support/until.ts";

const sent = ({ service }: FakeStage) => service.forms("test_report").length;

/** Answers once with HTTP 503 and a pause of an hour, then honestly. */
function askForAnHour({ service }: FakeStage): void {
  const good = service.answers["test_report"];
  service.answers["test_report"] = () => {
    service.answers["test_report"] = good;
    const headers = { "retry-after": "3600" };
    return new Response(null, { status: 503, headers });
  };
}

/** A folder with one run, and a pause of an hour that an upload of it has met. */
async function pausedStage(): Promise<FakeStage & { readonly runs: string }> {
  const stage = await setFakeStage();
  const runs = stage.folder.join("runs");
  await Deno.mkdir(runs);
  await Deno.copyFile(runFile("minimum.jsonloader"), `${runs}/a.json`);
  askForAnHour(stage);
  const { code } = await stage.run(["upload", runs]);
  equal([code, sent(stage)], [6, 1]);
  return { ...stage, runs };
}

/** Whether a time lies about an hour ahead. */
function isInAnHour(time: unknown): boolean {
  const minutes = (Date.parse(String(time)) - Date.now()) / 60_000;
  return minutes > 55 && minutes <= 60;
}

Deno.test("upload says until when StandCloud asked for a pause, also when it heard of it just now", async () => {
  await using stage = await setFakeStage();
  askForAnHour(stage);
  const args = ["upload", "--json", runFile("minimum.jsonloader")];
  const [paused, report] = eventsOf(await stage.run(args));
  ok(isInAnHour(paused?.["next_try_at"]));
  const cause = "StandCloud answers with HTTP 503";
  equal([paused?.["cause"], paused?.["waiting"]], [cause, 1]);
  equal([report?.["http_status"], report?.["reason"]], [503, cause]);
});

for (const words of [["upload"], ["sc-sync"], ["history", "retry"]]) {
  const name = words.join(" ");
  const place = (runs: string) => name === "history retry" ? [] : [runs];

  Deno.test(`${name} asks nobody during a pause that StandCloud asked for, names its end, and does not repeat the old answer`, async () => {
    await using stage = await pausedStage();
    const args = [...words, ...place(stage.runs)];
    const json = await stage.run([...args, "--json"]);
    equal([json.code, sent(stage)], [6, 1]);
    const [paused, report] = eventsOf(json);
    equal(paused?.["event"], "paused");
    equal(paused?.["cause"], "StandCloud asked with HTTP 503 for a pause");
    equal(paused?.["waiting"], 1);
    ok(isInAnHour(paused?.["next_try_at"]));
    match(
      String(report?.["reason"]),
      /^StandCloud asked with HTTP 503 for a pause until 20\d\d-.*Z$/,
    );
    const text = await stage.run(args);
    match(
      text.stderr,
      /^20\S+Z paused until 20\S+Z \(--retry-now ends it\), 1 waiting: StandCloud asked with HTTP 503 for a pause$/m,
    );
    equal(sent(stage), 1);
  });

  Deno.test(`${name} --retry-now ends the pause, for later commands too`, async () => {
    await using stage = await pausedStage();
    const args = [...words, "--retry-now", ...place(stage.runs)];
    const { code, stderr } = await stage.run(args);
    equal([code, sent(stage)], [0, 2]);
    equal(stderr.includes("paused"), false);
    const other = runFile("sensor_board_passed.jsonloader");
    equal((await stage.run(["upload", other])).code, 0);
  });
}

Deno.test("upload --dry-run --retry-now leaves the pause as it is", async () => {
  await using stage = await pausedStage();
  await stage.run(["upload", "--dry-run", "--retry-now", stage.runs]);
  equal((await stage.run(["upload", stage.runs])).code, 6);
  equal(sent(stage), 1);
});

Deno.test("upload --watch names a pause of an earlier upload, and goes on when another command ends it with --retry-now", async () => {
  await using stage = await pausedStage();
  const program = stage.start(["upload", "--watch", "--json", stage.runs]);
  await program.output.find(/("event":"paused")/);
  equal(sent(stage), 1);
  const other = runFile("sensor_board_passed.jsonloader");
  equal((await stage.run(["upload", "--retry-now", other])).code, 0);
  await until(() => program.output.stdout.includes('"outcome":"uploaded"'));
  program.interrupt();
  await program.result;
});

Deno.test("upload --watch says that the pause is over when another command has sent what it waits with", async () => {
  await using stage = await pausedStage();
  const program = stage.start(["upload", "--watch", "--json", stage.runs]);
  await program.output.find(/("event":"paused")/);
  const other = await stage.run(["upload", "--retry-now", stage.runs]);
  equal([other.code, sent(stage)], [0, 2]);
  await program.output.find(/("event":"resumed")/);
  program.interrupt();
  await program.result;
  equal(sent(stage), 2);
});

Deno.test("upload says in JSON that it pauses and goes on", async () => {
  await using stage = await setFakeStage();
  const good = stage.service.answers["test_report"];
  stage.service.answers["test_report"] = (form) =>
    sent(stage) < 3 ? new Response(null, { status: 503 }) : good(form);
  const args = ["upload", "--json", runFile("minimum.jsonloader")];
  const result = await stage.run(args);
  equal(result.code, 0);
  const events = eventsOf(result);
  const names = events.map(({ event }) => event);
  equal(names, ["paused", "resumed", "report", "summary"]);
  equal(events[0]?.["cause"], "StandCloud answers with HTTP 503");
  equal(typeof events[1]?.["seconds"], "number");
  equal(result.stderr, "");
});
