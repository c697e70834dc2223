import { deepStrictEqual as equal, match } from "node:assert/strict";
import { signIn } from "../../scripts/sandbox/sign_in.ts";
import {
  changeLogin,
  programFiles,
  readLogin,
  secondsLeft,
} from "../support/login_file.ts";
import type { ProgramResult } from "../support/running_program.ts";
import { runFile } from "../support/runs.ts";
import { setStage, type Stage, type StageOptions } from "../support/stage.ts";
import { fakeTerminal } from "../system/fake_terminal.ts";

/** Types `sc-login --flow device`, and presses Accept. */
async function logIn(
  stage: Stage,
  ...flags: string[]
): Promise<ProgramResult> {
  const { caPem, issuer } = stage.sandbox;
  const program = await stage.start(["sc-login", "--flow", "device", ...flags]);
  const code = await program.output.find(/\n {2}([B-Z]{8})\b/);
  const page = `${issuer}/consent/openid/device-authorization`;
  await signIn(`${page}?user_code=${code}`, { caPem, decision: "accept" });
  return await program.result;
}

const DEVICE = ["sc-login", "--flow", "device"];
const QUICK: StageOptions = { deviceIntervalSeconds: 1 };

Deno.test("sc-login --flow device fails where a device code gives no access to the API, names the other flows and keeps nothing (Authelia 4.39.20)", async () => {
  await using stage = await setStage(QUICK);
  const { address, counts } = stage.sandbox;

  const { code, stdout, stderr } = await logIn(stage);

  equal([code, stdout], [3, ""]);
  const [error, ...hints] = stderr.trimEnd().split("\n").slice(-3);
  equal(
    error,
    `error: ${address} refuses the new login (HTTP 401): its device codes give no access to the API`,
  );
  equal(hints, [
    `hint: run: standcloud sc-login ${address} --flow browser`,
    `hint: use an API key: standcloud sc-login ${address} --flow api-key`,
  ]);
  equal(await programFiles(stage.home), []);
  // One renewal with the audience was refused, one without was of no use.
  equal([counts.refreshGrants, counts.revocations], [1, 2]);
  equal((await stage.run(["sc-login", "--check"])).code, 3);
});

for (
  const args of [
    ["sc-login", "--check"],
    ["upload", runFile("minimum.jsonloader")],
    ["runs", "list"],
  ]
) {
  Deno.test(`${args[0]} names the flows that work where the API refuses a device login of an earlier version`, async () => {
    await using stage = await setStage(QUICK);
    const { address } = stage.sandbox;
    await stage.logIn();
    await changeLogin(stage.home, address, { flow: "device" });
    stage.sandbox.faults.push({
      match: (_, path) => path.startsWith("/hardpy/api/"),
      action: { kind: "respond", status: 401, body: "401 Unauthorized" },
    });

    const { code, stderr } = await stage.run(args);

    equal(code, 3);
    equal(stderr.split("\n").slice(-4), [
      `error: ${address} does not accept the login: device codes may give no access to the API`,
      `hint: run: standcloud sc-login ${address} --flow browser`,
      `hint: or with an API key: standcloud sc-login ${address} --flow api-key`,
      "",
    ]);
  });
}

Deno.test("sc-login --flow device that fails leaves a browser login as it was", async () => {
  await using stage = await setStage(QUICK);
  const { address } = stage.sandbox;
  await stage.logIn();
  const before = await readLogin(stage.home, address);

  equal((await logIn(stage, "--force")).code, 3);

  equal(await readLogin(stage.home, address), before);
  equal((await stage.run(["sc-login", "--check"])).code, 0);
});

Deno.test("sc-login --flow device brings its login to the API by a renewal where that helps, and later renewals keep it there (Authelia 4.39.16)", async () => {
  await using stage = await setStage({
    ...QUICK,
    deviceAudience: "on_refresh",
  });
  const { address, counts } = stage.sandbox;

  const { code, stdout } = await logIn(stage);

  equal([code, stdout], [0, "Registration completed\n"]);
  equal(counts.refreshGrants, 1);
  await changeLogin(stage.home, address, secondsLeft(1800));
  equal((await stage.run(["sc-login", "--check"])).code, 0);
  equal(counts.refreshGrants, 2);
});

Deno.test("sc-login --flow device without a device grant names the other flows", async () => {
  await using stage = await setStage(QUICK);
  stage.sandbox.faults.push({
    match: (_, path) => path.endsWith("/device-authorization"),
    action: { kind: "respond", status: 400, body: "{}" },
  });

  const { code, stderr } = await stage.run(["sc-login", "--flow", "device"]);

  equal(code, 2);
  match(
    stderr,
    /^error: \S+ offers no sign-in with a device code \(HTTP 400\)\nhint: .*--flow browser\nhint: .*--flow api-key\n$/,
  );
});

Deno.test("sc-login --flow device keeps the code and the time that is left in sight on a terminal", async () => {
  await using stage = await setStage({ ...QUICK, deviceAudience: "granted" });
  const { caPem, issuer } = stage.sandbox;
  const said: string[] = [];
  const { promise, resolve } = Promise.withResolvers<string>();
  const program = await stage.start([...DEVICE, "--timeout", "30"], {
    system: {
      terminal: {
        ...fakeTerminal(),
        stderrIsTerminal: true,
        writeStderr: (text) => {
          said.push(text);
          const code = /Code ([B-Z]{8}): 29 s left$/.exec(text)?.[1];
          if (code !== undefined) resolve(code);
        },
      },
    },
  });
  const page = `${issuer}/consent/openid/device-authorization`;
  const url = `${page}?user_code=${await promise}`;
  await signIn(url, { caPem, decision: "accept" });

  equal((await program.result).code, 0);
  // The line is taken away at the end.
  equal(said.at(-1), "\r\x1b[K");
});
