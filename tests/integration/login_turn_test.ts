import { deepStrictEqual as equal, match } from "node:assert/strict";
import { finishLogin } from "../support/login.ts";
import { programFiles } from "../support/login_file.ts";
import { startBinary } from "../support/run_binary.ts";
import { authorizationUrl } from "../support/running_program.ts";
import { setLoggedInStage, setStage } from "../support/stage.ts";

const LOGIN = ["sc-login", "--no-browser"];
const WAITS = /(Another sc-login to \S+ is under way: waiting for it)\n/;

for (const flags of [[], ["--force"]]) {
  Deno.test(`a second sc-login ${flags} waits for the first and takes over its login`, async () => {
    await using stage = await setStage({ start: startBinary });
    const { address, counts } = stage.sandbox;
    const first = await stage.start([...LOGIN, ...flags]);
    await authorizationUrl(first);
    const second = await stage.start([...LOGIN, ...flags]);
    await second.output.find(WAITS);
    equal((await finishLogin(first, stage.sandbox)).result.code, 0);

    equal(await second.result, {
      code: 0,
      stdout: `Already logged in to ${address} (--force logs in again)\n`,
      stderr: `Another sc-login to ${address} is under way: waiting for it\n`,
    });
    equal(counts.pushedAuthorizationRequests, 1);
  });
}

Deno.test("a second sc-login --force does not take a login that was there before for the first one's", async () => {
  await using stage = await setLoggedInStage({ start: startBinary });
  const first = await stage.start([...LOGIN, "--force"]);
  await authorizationUrl(first);
  const second = await stage.start([...LOGIN, "--force"]);
  await second.output.find(WAITS);
  await finishLogin(first, stage.sandbox, "deny");

  equal((await finishLogin(second, stage.sandbox)).result.code, 0);
});

Deno.test("a second sc-login asks the person itself when the first has ended without a login", async () => {
  await using stage = await setStage({ start: startBinary });
  const first = await startBinary(LOGIN, {
    home: stage.home,
    env: {
      STANDCLOUD_ADDRESS: stage.sandbox.address,
      STANDCLOUD_CA_FILE: stage.sandbox.caFile,
    },
  });
  await authorizationUrl(first);
  const second = await stage.start(LOGIN);
  await second.output.find(WAITS);
  first.kill("SIGKILL");
  await first.result;

  equal((await finishLogin(second, stage.sandbox)).result.code, 0);
});

Deno.test("a second sc-login leaves with an error of its own at --timeout", async () => {
  await using stage = await setStage({ start: startBinary });
  const { address } = stage.sandbox;
  const first = await stage.start(LOGIN);
  await authorizationUrl(first);
  const { code, stdout } = await stage.run([
    ...LOGIN,
    "--json",
    "--timeout",
    "1",
  ]);

  equal([code, JSON.parse(stdout)], [3, {
    event: "error",
    code: "login_in_progress",
    message: `Another sc-login to ${address} has not ended within 1 s`,
    hint: "finish or end that one, or wait longer with --timeout 10m",
    "exit_code": 3,
  }]);
  equal((await finishLogin(first, stage.sandbox)).result.code, 0);
});

Deno.test("a second sc-login that waits ends at Ctrl-C, and the first goes on", async () => {
  await using stage = await setStage({ start: startBinary });
  const first = await stage.start(LOGIN);
  await authorizationUrl(first);
  const second = await startBinary(LOGIN, {
    home: stage.home,
    env: { STANDCLOUD_ADDRESS: stage.sandbox.address },
  });
  await second.output.find(WAITS);
  second.kill("SIGINT");
  equal((await second.result).code, 130);

  equal((await finishLogin(first, stage.sandbox)).result.code, 0);
});

Deno.test("sc-login to another address does not wait", async () => {
  await using stage = await setStage();
  await using other = await setStage();
  const first = await stage.start(LOGIN);
  await authorizationUrl(first);
  const { address, caFile } = other.sandbox;
  const second = await stage.start([...LOGIN, address, "--ca-file", caFile]);

  equal((await finishLogin(second, other.sandbox)).result.code, 0);
  equal((await finishLogin(first, stage.sandbox)).result.code, 0);
});

Deno.test("ten programs that log in at once ask one person, and leave no lock of it behind", async () => {
  await using stage = await setStage({ start: startBinary });
  const { counts } = stage.sandbox;
  const programs = await Promise.all(
    Array.from({ length: 10 }, () => stage.start(LOGIN)),
  );
  const asking = await Promise.any(programs.map(async (program) => {
    await authorizationUrl(program);
    return program;
  }));
  await Promise.all(
    programs.filter((one) => one !== asking)
      .map(({ output }) => output.find(WAITS)),
  );
  await finishLogin(asking, stage.sandbox);
  const results = await Promise.all(programs.map(({ result }) => result));

  equal(results.map(({ code }) => code), Array(10).fill(0));
  equal([counts.pushedAuthorizationRequests, counts.codeGrants], [1, 1]);
  const locks = (await programFiles(stage.home))
    .filter((path) => path.includes(".login."));
  equal(locks, []);
  match(results.map(({ stdout }) => stdout).join(""), /Registration completed/);
});
