import { deepStrictEqual as equal, match } from "node:assert/strict";
import { named } from "../support/outcomes.ts";
import { changeLogin, secondsLeft } from "../support/login_file.ts";
import { eventsOf } from "../support/running_program.ts";
import { runFile } from "../support/runs.ts";
import { setLoggedInStage, type Stage } from "../support/stage.ts";

const RUNS = [
  "minimum.jsonloader",
  "sensor_board_failed.runstore",
  "sensor_board_passed.runstore",
].map(runFile);
const CHECK = ["sc-login", "--check"];

/** A stand whose login is half over. */
async function halfWay(): Promise<Stage> {
  const stage = await setLoggedInStage();
  const { address, requests } = stage.sandbox;
  await changeLogin(stage.home, address, secondsLeft(1800));
  requests.length = 0;
  return stage;
}

const pathsOf = ({ sandbox: { requests } }: Stage) =>
  requests.splice(0).map(({ path }) => path.replace(/^.*\//, ""));

for (const args of [CHECK, ["upload", "--concurrency", "1", ...RUNS]]) {
  Deno.test(`${args[0]} goes on with its token where the sign-in service is out of order, asks it once, and warns once`, async () => {
    await using stage = await halfWay();
    const { faults, reports } = stage.sandbox;
    faults.push({
      match: (_, path) => path.startsWith("/auth/"),
      action: { kind: "respond", status: 503 },
    });

    const { code, stderr } = await stage.run(args);

    equal([code, reports.length], [0, args === CHECK ? 0 : 3]);
    match(
      stderr,
      /^warning: the login to \S+ cannot be renewed now \(The sign-in service of \S+ is out of order \(HTTP 503\)\); the command uses the old one until \S+Z\n$/,
    );
    equal(pathsOf(stage).filter((path) => path === "openid-configuration"), [
      "openid-configuration",
    ]);
  });
}

Deno.test("a login that StandCloud has ended is told at once and without the network from then on, until sc-login", async () => {
  await using stage = await halfWay();
  const { address } = stage.sandbox;
  stage.sandbox.revokeAllTokens();

  const first = await stage.run(CHECK);
  equal([first.code, first.stdout], [3, "StandCloud connection failed\n"]);
  match(
    first.stderr,
    /^warning: StandCloud refuses to renew the login to .+\nerror: The login to \S+ has ended .+\nhint: run: standcloud sc-login \S+\n$/,
  );
  stage.sandbox.requests.length = 0;

  const again = new RegExp(
    `^error: The login to ${address} has ended: StandCloud refused to renew it at \\S+Z\nhint: run: standcloud sc-login ${address}\n$`,
  );
  for (const args of [CHECK, ["upload", ...RUNS], ["runs", "list"]]) {
    const { code, stderr } = await stage.run(args);
    equal(code, 3);
    match(stderr, again);
  }
  const status = await stage.run(["status", "--json"]);
  equal(
    [status.code, named(status, "status").map(({ state }) => state)],
    [0, ["ended"]],
  );
  match(
    (await stage.run(["status"])).stdout,
    /: the login has ended, StandCloud refused to renew it; run sc-login\n/,
  );
  equal(pathsOf(stage), []);
  const doctor = await stage.run(["doctor"]);
  match(doctor.stdout, /failed +logins +the login to \S+ has ended\n/);

  equal((await stage.logIn()).stdout, "Registration completed\n");
  const valid = eventsOf(await stage.run(["status", "--json"]))[0];
  equal(valid?.["state"], "valid");
});
