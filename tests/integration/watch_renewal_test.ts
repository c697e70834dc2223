import { deepStrictEqual as equal, match } from "node:assert/strict";
import { type Clock, systemClock } from "../../src/system/clock.ts";
import { type FakeStage, setFakeStage } from "../support/fake_stage.ts";
import { readLogin, secondsLeft } from "../support/login_file.ts";
import type { InProcessRun } from "../support/run_program.ts";
import { until } from "../support/until.ts";

/** So much faster goes the time: a renewal that has failed is soon tried again. */
const HASTE = 10;
const ORIGIN = Date.now();

const hasty: Clock = {
  now: () => new Date(ORIGIN + (Date.now() - ORIGIN) * HASTE),
  monotonic: () => systemClock.monotonic() * HASTE,
  sleep: (milliseconds, signal) =>
    systemClock.sleep(milliseconds / HASTE, signal),
};

/** A service whose tokens live for two seconds; a stand that watches an empty folder. */
async function watching(
  stage: FakeStage,
  clock: Clock = systemClock,
): Promise<InProcessRun> {
  const { answers } = stage.service;
  const give = answers.token;
  answers.token = async (form) => {
    const tokens = await (await give(form)).json();
    return Response.json({ ...tokens, "expires_in": 2 });
  };
  const runs = stage.folder.join("runs");
  await Deno.mkdir(runs);
  return stage.start(["upload", "--watch", runs], { system: { clock } });
}

const renewals = ({ service }: FakeStage) => service.forms("token").length;
const HALF_WAY = secondsLeft(1800);

Deno.test("upload --watch renews its login again and again though there is nothing to send, and ends with Ctrl-C", async () => {
  await using stage = await setFakeStage(HALF_WAY);
  const program = await watching(stage);
  await until(() => renewals(stage) >= 3);
  program.interrupt();

  equal((await program.result).code, 130);
  const { "access_token": token } = await readLogin(
    stage.home,
    stage.service.address,
  );
  equal(token, `access-${renewals(stage)}`);
  equal(stage.service.forms("test_report"), []);
});

Deno.test("upload --watch survives a sign-in service that is away, and warns once", async () => {
  await using stage = await setFakeStage(HALF_WAY);
  const program = await watching(stage, hasty);
  const { answers } = stage.service;
  const good = answers.token;
  await until(() => renewals(stage) >= 1);
  let failures = 0;
  answers.token = () => {
    failures++;
    return new Response(null, { status: 503 });
  };
  await until(() => failures >= 2);
  answers.token = good;
  const before = renewals(stage);
  await until(() => renewals(stage) > before);
  program.interrupt();

  const { code, stderr } = await program.result;
  equal(code, 130);
  match(stderr, /^warning: the login to .+ cannot be renewed now .+\n/m);
  equal(stderr.match(/^warning: /gm)?.length, 1);
});

Deno.test("upload --watch ends with exit 3 when StandCloud has ended the login, though there is nothing to send", async () => {
  await using stage = await setFakeStage(HALF_WAY);
  const program = await watching(stage);
  await until(() => renewals(stage) >= 1);
  stage.service.answers.token = () =>
    Response.json({ error: "invalid_grant" }, { status: 400 });

  const { code, stdout, stderr } = await program.result;

  equal([code, stdout], [3, ""]);
  match(stderr, /^error: The login to .+ has ended .+\nhint: run: /m);
});

Deno.test("upload --watch that is interrupted while it renews its login saves the new one", async () => {
  await using stage = await setFakeStage(HALF_WAY);
  const program = await watching(stage);
  const { answers } = stage.service;
  const good = answers.token;
  await until(() => renewals(stage) >= 1);
  const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
  const { promise: free, resolve: release } = Promise.withResolvers<void>();
  answers.token = async (form) => {
    ask();
    await free;
    return good(form);
  };
  await asked;
  program.interrupt();
  await program.output.find(/(waiting for the renewed login)/);
  release();

  equal((await program.result).code, 130);
  const login = await readLogin(stage.home, stage.service.address);
  equal(login["access_token"], "access-2");
});
