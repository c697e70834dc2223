import { deepStrictEqual as equal, match } from "node:assert/strict";
import { openHttpClient } from "../../src/system/http_client.ts";
import type { System } from "../../src/system/system.ts";
import { type FakeStage, setFakeStage } from "../support/fake_stage.ts";
import { changeLogin, readLogin, secondsAhead } from "../support/login_file.ts";
import { counted, outcomesOf } from "../support/outcomes.ts";
import { eventsOf } from "../support/running_program.ts";
import { runFile } from "../support/runs.ts";
import { setLoggedInStage } from "../support/stage.ts";

const RUNS = [
  "minimum.jsonloader",
  "sensor_board_failed.runstore",
  "sensor_board_passed.runstore",
].map(runFile);
const UPLOAD = [
  "upload",
  "--json",
  "--concurrency",
  "1",
  "--retry-for",
  "0",
  ...RUNS,
];

/** A client that gives up soon. */
const impatient: Pick<System, "openHttpClient"> = {
  openHttpClient(options) {
    const client = openHttpClient(options);
    return {
      send: (url, request) =>
        client.send(url, { ...request, timeoutMilliseconds: 200 }),
      open: (url, request) =>
        client.open(url, { ...request, timeoutMilliseconds: 200 }),
      [Symbol.dispose]: () => client[Symbol.dispose](),
    };
  },
};

/** Uploads with a login that cannot be renewed: every run waits. */
async function uploadInVain(stage: FakeStage): Promise<void> {
  const { home, service } = stage;
  const before = await readLogin(home, service.address);
  const result = await stage.run(UPLOAD, { system: impatient });

  equal([result.code, result.stderr], [6, ""]);
  equal(outcomesOf(result), {
    reports: RUNS.map(() => ["waiting", null]),
    counts: counted({ waiting: RUNS.length }),
  });
  const attempts = eventsOf(result).map((event) => event["attempts"]);
  equal(attempts, [0, 0, 0, undefined]);
  equal(await readLogin(home, service.address), before);
}

Deno.test("upload asks a sign-in service that does not answer once, not once per run", async () => {
  await using stage = await setFakeStage({ "expires_at": secondsAhead(-1) });
  const { answers, received } = stage.service;
  const { promise: over, resolve: end } = Promise.withResolvers<Response>();
  answers["openid-configuration"] = () => over;
  try {
    await uploadInVain(stage);
  } finally {
    end(new Response());
  }
  equal(received.map(({ name }) => name), ["openid-configuration"]);
});

Deno.test("upload asks a sign-in service that is out of order once, not once per run", async () => {
  await using stage = await setFakeStage({ "expires_at": secondsAhead(-1) });
  const { answers, received } = stage.service;
  answers.token = () => new Response(null, { status: 503 });
  await uploadInVain(stage);
  equal(received.map(({ name }) => name), ["openid-configuration", "token"]);
});

Deno.test("upload renews a token that lives for 30 s once, not once per run", async () => {
  await using stage = await setLoggedInStage({ accessTokenSeconds: 30 });
  const { counts, reports, address } = stage.sandbox;
  await changeLogin(stage.home, address, {
    "obtained_at": secondsAhead(-20),
    "expires_at": secondsAhead(10),
  });

  equal((await stage.run(UPLOAD)).code, 0);
  equal([reports.length, counts.refreshGrants], [3, 1]);
});

Deno.test("upload renews a token that the API refuses once for all runs under way", async () => {
  await using stage = await setLoggedInStage();
  const { counts, reports } = stage.sandbox;
  stage.sandbox.expireAccessTokens();

  const result = await stage.run(["upload", "--concurrency", "3", ...RUNS]);

  equal(result.code, 0);
  equal([reports.length, counts.refreshGrants], [3, 1]);
  match(result.stdout, /\n3 uploaded in /);
});
