import { deepStrictEqual as equal, match, ok } from "node:assert/strict";
import {
  changeLogin,
  loginPath,
  readLogin,
  secondsAhead,
} from "../support/login_file.ts";
import { eventsOf } from "../support/running_program.ts";
import { setLoggedInStage, setStage, type Stage } from "../support/stage.ts";

/** The `status` event of the stand, which is logged in to one address. */
async function statusOf(
  stage: Stage,
  ...flags: string[]
): Promise<Record<string, unknown>> {
  stage.sandbox.requests.length = 0;
  const result = await stage.run(["status", "--json", ...flags]);
  equal([result.code, result.stderr], [0, ""]);
  const [event = {}, summary = {}, ...more] = eventsOf(result);
  equal([summary["event"], more], ["status_summary", []]);
  return event;
}

Deno.test("status and doctor name the key that opens a login, not the one that is given since", async () => {
  await using stage = await setLoggedInStage();
  const { address } = stage.sandbox;
  const own = `${stage.home}/key.txt`;
  const env = { STANDCLOUD_PASSPHRASE: "horse battery" };
  const given = "STANDCLOUD_PASSPHRASE";
  const keyOf = async () =>
    eventsOf(await stage.run(["status", "--json"], { env }))[0]?.["key_source"];

  equal(await keyOf(), own);
  const status = await stage.run(["status"], { env });
  match(
    status.stdout,
    new RegExp(`^  note +not sealed with ${given} yet`, "m"),
  );
  const doctor = await stage.run(["doctor"], { env });
  ok(
    doctor.stdout.includes(
      `warning  logins    ${address} (browser) is sealed with ${own} still, and not with ${given}\n  hint: run: standcloud key --rotate`,
    ),
    doctor.stdout,
  );

  equal((await stage.run(["key", "--rotate"], { env })).code, 0);
  equal(await keyOf(), given);
  equal((await stage.run(["status"], { env })).stdout.includes("note"), false);
});

Deno.test("status shows a login without asking the network", async () => {
  await using stage = await setLoggedInStage();
  const { address, requests } = stage.sandbox;
  const { "expires_at": expiresAt } = await readLogin(stage.home, address);

  equal(await statusOf(stage), {
    event: "status",
    address,
    flow: "browser",
    state: "valid",
    "expires_at": expiresAt,
    "key_source": `${stage.home}/key.txt`,
    source: "login",
  });
  equal(requests.length, 0);
  equal(await stage.run(["status"]), {
    code: 0,
    stdout: [
      `${address}: logged in`,
      "  flow        browser",
      `  token until ${expiresAt}`,
      `  key         ${stage.home}/key.txt`,
      "",
    ].join("\n"),
    stderr: "",
  });
});

const STATES: Record<string, Record<string, unknown>> = {
  refreshable: { "expires_at": secondsAhead(-1) },
  expired: { "expires_at": secondsAhead(-1), "refresh_token": null },
  valid: { "expires_at": null },
};

for (const [state, changes] of Object.entries(STATES)) {
  Deno.test(`status calls a login ${state} when it has ${JSON.stringify(Object.keys(changes))}`, async () => {
    await using stage = await setLoggedInStage();
    await changeLogin(stage.home, stage.sandbox.address, changes);

    const status = await statusOf(stage);

    equal([status["state"], status["expires_at"]], [
      state,
      changes["expires_at"],
    ]);
  });
}

Deno.test("status names a login that cannot be read, and why", async () => {
  await using stage = await setLoggedInStage();
  const { address } = stage.sandbox;
  const path = loginPath(stage.home, address);
  await Deno.writeTextFile(path, "damaged");

  const { "address": _name, ...rest } = await statusOf(stage);
  equal(rest, {
    event: "status",
    flow: null,
    source: "login",
    state: "unreadable",
    "expires_at": null,
    "key_source": `${stage.home}/key.txt`,
    problem: rest["problem"],
  });
  const { code, stdout } = await stage.run(["status"]);
  equal(code, 0);
  match(stdout, /the login cannot be read\n/);
  ok(stdout.includes(`  problem     ${rest["problem"]}\n  hint        `));
  match(
    stdout,
    new RegExp(`problem +Cannot read the stored login "${path}": `),
  );
});

Deno.test("status calls an unreadable login by the address it is for", async () => {
  await using stage = await setLoggedInStage();
  const { address } = stage.sandbox;
  await Deno.writeTextFile(loginPath(stage.home, address), "damaged");

  equal((await statusOf(stage))["address"], address);
});

Deno.test("status --online tests the connection", async () => {
  await using stage = await setLoggedInStage();

  equal((await statusOf(stage, "--online"))["connected"], true);
  equal(stage.sandbox.requests.map(({ path }) => path), [
    "/hardpy/api/v1/healthcheck",
  ]);
});

const PROBLEMS: [
  answer: string,
  status: number,
  code: number,
  word: string,
][] = [
  ["refuses each token", 401, 3, "login_ended"],
  ["is out of order", 503, 4, "unreachable"],
];

for (const [what, status, code, word] of PROBLEMS) {
  Deno.test(`status --online ends with exit ${code} when the API ${what}, after the status`, async () => {
    await using stage = await setLoggedInStage();
    stage.sandbox.faults.push({
      match: (_, path) => path.startsWith("/hardpy/"),
      action: { kind: "respond", status },
    });

    const result = await stage.run(["status", "--online", "--json"]);

    equal([result.code, result.stderr], [code, ""]);
    const [shown = {}, error = {}, summary = {}, ...more] = eventsOf(result);
    equal([shown["event"], shown["connected"]], ["status", false]);
    equal([error["event"], error["code"]], ["error", word]);
    equal([summary["event"], more], ["status_summary", []]);
  });
}

Deno.test("status --online claims nothing about a login that cannot be read", async () => {
  await using stage = await setLoggedInStage();
  const path = loginPath(stage.home, stage.sandbox.address);
  await Deno.writeTextFile(path, "damaged");

  stage.sandbox.requests.length = 0;

  const result = await stage.run(["status", "--json", "--online"]);

  const [status = {}] = eventsOf(result);
  equal([result.code, "connected" in status], [3, false]);
  equal(stage.sandbox.requests, []);
});

Deno.test("status --online judges the stored login, not STANDCLOUD_API_KEY", async () => {
  await using stage = await setLoggedInStage();
  const env = { STANDCLOUD_API_KEY: "wrong" };

  const { code, stdout } = await stage.run(["status", "--online"], { env });

  equal(code, 0);
  match(stdout, /\n {2}connection {2}success\n/);
});

Deno.test("status of a stand that is not logged in says so", async () => {
  await using stage = await setStage();

  equal(await stage.run(["status"]), {
    code: 0,
    stdout: "",
    stderr:
      `This stand is not logged in anywhere.\nnote: looked for logins in "${stage.home}/logins"\n`,
  });
  equal((await stage.run(["status", "--online"])).code, 3);
});
