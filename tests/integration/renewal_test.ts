import { deepStrictEqual as equal, match } from "node:assert/strict";
import { AppError } from "../../src/system/app_error.ts";
import { privateFiles } from "../../src/system/private_files.ts";
import {
  changeLogin,
  loginPath,
  readLogin,
  secondsLeft,
} from "../support/login_file.ts";
import { runFile } from "../support/runs.ts";
import { setLoggedInStage, type Stage } from "../support/stage.ts";

const RUN = runFile("minimum.jsonloader");
const CHECK = ["sc-login", "--check"];

/** Sets the time that the stored access token has left, of an hour. */
function setSecondsLeft(
  { home, sandbox }: Stage,
  seconds: number,
): Promise<void> {
  return changeLogin(home, sandbox.address, secondsLeft(seconds));
}

for (
  const [seconds, refreshes] of [
    [3300, 0],
    [3200, 1],
    [120, 1],
    [1, 1],
    [0, 1],
    [-1, 1],
    [-9e9, 1],
  ] as const
) {
  for (const args of [CHECK, ["upload", RUN]]) {
    Deno.test(`${args[0]} with ${seconds} s left renews the login ${refreshes} times`, async () => {
      await using stage = await setLoggedInStage();
      const { address, counts } = stage.sandbox;
      await setSecondsLeft(stage, seconds);

      equal((await stage.run(args)).code, 0);
      equal(counts.refreshGrants, refreshes);
      const { "expires_at": expiresAt } = await readLogin(stage.home, address);
      equal(
        Date.parse(String(expiresAt)) - Date.now() > 3_500_000,
        refreshes === 1,
      );
      equal((await stage.run(args)).code, 0);
      equal(counts.refreshGrants, refreshes);
    });
  }
}

Deno.test("upload renews the login once for all of its requests", async () => {
  await using stage = await setLoggedInStage();
  await setSecondsLeft(stage, -10);
  const runs = [
    "minimum.jsonloader",
    "sensor_board_failed.runstore",
    "sensor_board_passed.runstore",
  ];

  const { code } = await stage.run(["upload", ...runs.map(runFile)]);

  equal([code, stage.sandbox.reports.length], [0, 3]);
  equal(stage.sandbox.counts.refreshGrants, 1);
});

for (
  const [what, seconds] of [["an ended token", -10], [
    "a token in use",
    1800,
  ]] as const
) {
  Deno.test(`twenty commands at once renew ${what} with one request`, async () => {
    await using stage = await setLoggedInStage();
    const { counts, address } = stage.sandbox;
    await setSecondsLeft(stage, seconds);
    if (seconds < 0) stage.sandbox.expireAccessTokens();

    const commands = Array.from(
      { length: 20 },
      (_, index) => stage.run(index % 2 === 0 ? CHECK : ["upload", RUN]),
    );
    const codes = (await Promise.all(commands)).map(({ code }) => code);

    equal(codes, Array(20).fill(0));
    equal([counts.refreshGrants, counts.refusedTokenRequests], [1, 0]);
    // The ledger keeps the others from sending the same run again.
    equal(stage.sandbox.reports.length, 1);
    await readLogin(stage.home, address);
  });
}

for (const args of [CHECK, ["upload", RUN]]) {
  Deno.test(`${args[0]} renews a token once that the server refuses although it looks good`, async () => {
    await using stage = await setLoggedInStage();
    stage.sandbox.expireAccessTokens();

    equal((await stage.run(args)).code, 0);
    equal(stage.sandbox.counts.refreshGrants, 1);
  });

  Deno.test(`${args[0]} asks for a login when the server refuses each token`, async () => {
    await using stage = await setLoggedInStage();
    const { address, counts, faults } = stage.sandbox;
    faults.push({
      match: (_, path) => path.startsWith("/hardpy/"),
      action: { kind: "respond", status: 401 },
    });

    const { code, stderr } = await stage.run(args);

    equal([code, counts.refreshGrants], [3, 1]);
    equal(
      stderr,
      `error: ${address} does not accept the login\nhint: run: standcloud sc-login ${address} --force\n`,
    );
  });

  Deno.test(`${args[0]} asks for a login when the refresh token is refused`, async () => {
    await using stage = await setLoggedInStage();
    const { address } = stage.sandbox;
    await setSecondsLeft(stage, -10);
    stage.sandbox.revokeAllTokens();

    const { code, stderr } = await stage.run(args);

    equal([code, stage.sandbox.reports.length], [3, 0]);
    match(
      stderr,
      new RegExp(
        `^error: The login to ${address} has ended \\(.+\\)\nhint: run: standcloud sc-login ${address}\n$`,
      ),
    );
  });
}

Deno.test("sc-login --check saves the new tokens before it uses them (duty 23)", async () => {
  await using stage = await setLoggedInStage();
  const { requests } = stage.sandbox;
  await setSecondsLeft(stage, 10);
  requests.length = 0;
  const order: string[] = [];
  const note = (what: string) =>
    order.push(...requests.splice(0).map(({ path }) => path), what);
  const reserve = async (path: string, size: number) => {
    const room = await privateFiles.reserve(path, size);
    note("reserved");
    const write = async (content: Uint8Array) => {
      await room.write(content);
      note("saved");
    };
    return { ...room, write };
  };

  const { code } = await stage.run(CHECK, {
    system: { privateFiles: { ...privateFiles, reserve } },
  });

  equal(code, 0);
  equal([...order, ...requests.map(({ path }) => path)], [
    "/auth/.well-known/openid-configuration",
    "reserved",
    "/auth/api/oidc/token",
    "saved",
    "/hardpy/api/v1/healthcheck",
  ]);
});

Deno.test("sc-login --check sends no refresh token when there is no room for a new login", async () => {
  await using stage = await setLoggedInStage();
  const { address, counts } = stage.sandbox;
  await setSecondsLeft(stage, -10);
  const before = await Deno.readFile(loginPath(stage.home, address));
  const reserve = () =>
    Promise.reject(new AppError("store_unwritable", "No space left on device"));

  const { code, stderr } = await stage.run(CHECK, {
    system: { privateFiles: { ...privateFiles, reserve } },
  });

  equal([code, counts.refreshGrants], [2, 0]);
  match(stderr, /^error: .+ could not be saved: No space left on device\n/);
  equal(await Deno.readFile(loginPath(stage.home, address)), before);
  equal((await stage.run(CHECK)).code, 0);
});

Deno.test("sc-login --check leaves the login alone when the sign-in service is out of order", async () => {
  await using stage = await setLoggedInStage();
  const { address, faults } = stage.sandbox;
  await setSecondsLeft(stage, -10);
  const before = await Deno.readFile(loginPath(stage.home, address));
  faults.push({
    match: (_, path) => path === "/auth/api/oidc/token",
    times: 1,
    action: { kind: "respond", status: 503 },
  });

  equal(await stage.run(CHECK), {
    code: 4,
    stdout: "StandCloud connection failed\n",
    stderr:
      `error: The sign-in service of ${address} is out of order (HTTP 503)\nhint: try again later\n`,
  });
  equal(await Deno.readFile(loginPath(stage.home, address)), before);
  equal((await stage.run(CHECK)).code, 0);
});
