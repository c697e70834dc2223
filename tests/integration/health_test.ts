import { deepStrictEqual as equal, match } from "node:assert/strict";
import { version } from "../../src/system/build.ts";
import { changeLogin } from "../support/login_file.ts";
import { named } from "../support/outcomes.ts";
import { runProgram } from "../support/run_program.ts";
import { eventsOf } from "../support/running_program.ts";
import { runFile } from "../support/runs.ts";
import { setLoggedInStage, type Stage } from "../support/stage.ts";
import { listing, TemporaryFolder } from "../support/temporary_folder.ts";

const RUN = runFile("minimum.jsonloader");
const INCOMPLETE = runFile("no_part_number.jsonloader");

/** The one event of `health`, and its exit code. */
async function healthOf(
  stage: Pick<Stage, "run">,
  ...flags: string[]
): Promise<[number, Record<string, unknown>]> {
  const result = await stage.run(["health", "--json", ...flags]);
  equal(result.stderr, "");
  const [event = {}, ...more] = eventsOf(result);
  equal(more, []);
  return [result.code, event];
}

/** Makes the service answer uploads so. */
function answer({ sandbox }: Stage, status: number): void {
  sandbox.faults.push({
    match: (_, path) => path === "/hardpy/api/v1/test_report",
    action: { kind: "respond", status, body: '{"detail":"no"}' },
  });
}

Deno.test("health of a stand that is logged in and has sent all is ok, without a request", async () => {
  await using stage = await setLoggedInStage();
  equal((await stage.run(["upload", RUN])).code, 0);
  stage.sandbox.requests.length = 0;

  const [code, event] = await healthOf(stage);

  equal(code, 0);
  match(String(event["last_uploaded_at"]), /^\d{4}-.*Z$/);
  equal({ ...event, "last_uploaded_at": null }, {
    event: "health",
    state: "ok",
    address: stage.sandbox.address,
    login: "valid",
    waiting: 0,
    "oldest_waiting_at": null,
    held: 0,
    rejected: 0,
    "last_uploaded_at": null,
    version,
    "exit_code": 0,
  });
  equal(stage.sandbox.requests, []);
  const { stdout } = await stage.run(["health"]);
  match(stdout, /^ok: logged in \(127.*\), nothing waits, last upload .*\n$/);
  equal((await stage.run(["health", "--quiet"])).stdout, "");
});

Deno.test("health of a stand that is not logged in ends with 3, and leaves no file behind", async () => {
  await using folder = await TemporaryFolder.make();
  const home = folder.join("home");
  const { code, stdout } = await runProgram(["health", "--json"], { home });
  equal(code, 3);
  const { state, login, address } = JSON.parse(stdout);
  equal([state, login, address], ["login_required", "none", null]);
  equal(await listing(folder.path), []);
});

Deno.test("health takes an API key of the environment for a login", async () => {
  await using folder = await TemporaryFolder.make();
  const env = { STANDCLOUD_API_KEY: "CANARY-key", STANDCLOUD_ADDRESS: "a.b" };
  const { code, stdout } = await runProgram(["health", "--json"], {
    home: folder.join("home"),
    env,
  });
  equal([code, JSON.parse(stdout).login], [0, "api_key"]);
  equal(stdout.includes("CANARY"), false);
});

Deno.test("health of a stand whose login has ended ends with 3, whatever waits", async () => {
  await using stage = await setLoggedInStage();
  answer(stage, 503);
  await stage.run(["upload", "--retry-for", "0", RUN, INCOMPLETE]);
  await changeLogin(stage.home, stage.sandbox.address, {
    "ended_at": "2020-01-01T00:00:00.000Z",
  });
  const [code, event] = await healthOf(stage);
  equal([code, event["login"], event["waiting"], event["held"]], [
    3,
    "ended",
    1,
    1,
  ]);
});

Deno.test("health ends with 5 for a held or a refused run, and with 6 for one that waits longer than it may", async () => {
  await using stage = await setLoggedInStage();
  answer(stage, 503);
  await stage.run(["upload", "--retry-for", "0", RUN]);
  const [code, event] = await healthOf(stage);
  equal([code, event["state"], event["waiting"]], [6, "waiting", 1]);
  match(String(event["oldest_waiting_at"]), /^\d{4}-/);
  equal((await healthOf(stage, "--max-age", "1h"))[0], 0);
  equal((await healthOf(stage, "--max-age", "0"))[0], 6);

  await stage.run(["upload", "--retry-for", "0", INCOMPLETE]);
  const [held, { state }] = await healthOf(stage, "--max-age", "1h");
  equal([held, state], [5, "attention"]);
  await stage.run(["history", "forget", "--held"]);

  stage.sandbox.faults.length = 0;
  answer(stage, 422);
  await stage.run(["upload", RUN]);
  const [refused, { rejected }] = await healthOf(stage);
  equal([refused, rejected], [5, 1]);
});

for (const age of ["", "1w", "-1", "1.5h", "h", "999999999d"]) {
  Deno.test(`health --max-age "${age}" is wrong usage`, async () => {
    await using folder = await TemporaryFolder.make();
    const args = ["health", "--max-age", age];
    const { code, stderr } = await runProgram(args, { home: folder.path });
    equal(code, 2);
    match(stderr, / is expected: seconds, or for example 90s/);
  });
}

Deno.test("status --exit-code and history --exit-code end as health does, and without the flag with 0", async () => {
  await using stage = await setLoggedInStage();
  await stage.run(["upload", INCOMPLETE]);
  for (const command of ["status", "history"]) {
    equal((await stage.run([command])).code, 0);
    equal((await stage.run([command, "--exit-code"])).code, 5);
  }
  await stage.run(["sc-logout"]);
  for (const command of ["status", "history"]) {
    equal((await stage.run([command, "--exit-code"])).code, 3);
  }
});

Deno.test("status and doctor say whose files they looked at, and where", async () => {
  await using folder = await TemporaryFolder.make();
  const home = folder.join("home");
  const env = { USER: "anna" };
  const status = await runProgram(["status", "--json"], { home, env });
  equal(eventsOf(status), [{
    event: "status_summary",
    logins: 0,
    "default_address": null,
    source: null,
    user: "anna",
    folder: `${home}/logins`,
  }]);
  const { stderr } = await runProgram(["status"], { home, env });
  match(stderr, /^note: looked for logins of user anna in ".*\/logins"$/m);

  const doctor = await runProgram(["doctor", "--json"], { home, env });
  const [summary] = named(doctor, "doctor_summary");
  const { user, ledger, failed, exit_code: code } = summary ?? {};
  equal([user, ledger, failed, code], ["anna", `${home}/ledger.db`, 0, 0]);
  const { stdout } = await runProgram(["doctor"], { home, env });
  match(
    stdout,
    /^\d+ ok, \d+ warning, 0 failed \(logins of user anna in ".*"\)$/m,
  );
});

Deno.test("doctor counts what is held, and says that a person has to mend it", async () => {
  await using stage = await setLoggedInStage();
  await stage.run(["upload", INCOMPLETE]);
  const { code, stdout } = await stage.run(["doctor"]);
  equal(code, 0);
  match(
    stdout,
    /^warning {2}ledger {4}nothing waits, 1 held by a rule \(standcloud history --held\)\n {2}hint: mend/m,
  );
});
