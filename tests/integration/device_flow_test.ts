import { deepStrictEqual as equal, match, ok } from "node:assert/strict";
import { signIn } from "../../scripts/sandbox/sign_in.ts";
import { readLogin } from "../support/login_file.ts";
import { startBinary } from "../support/run_binary.ts";
import { eventsOf, type RunningProgram } from "../support/running_program.ts";
import { setStage, type Stage, type StageOptions } from "../support/stage.ts";
import { until } from "../support/until.ts";
import { fakeTerminal } from "../system/fake_terminal.ts";
import { SERVER } from "../support/surroundings.ts";

const DEVICE = ["sc-login", "--flow", "device"];
/** Polls once a second, so that a test does not wait for ten. */
const QUICK: StageOptions = {
  deviceIntervalSeconds: 1,
  deviceAudience: "granted",
};

/** What a person does with the code that the program shows. */
async function decide(
  { sandbox }: Stage,
  program: RunningProgram,
  decision: "accept" | "deny",
): Promise<string> {
  const code = await program.output.find(/(?:user_code":"|\n {2})([B-Z]{8})\b/);
  const page = `${sandbox.issuer}/consent/openid/device-authorization`;
  const { caPem } = sandbox;
  await signIn(`${page}?user_code=${code}`, { caPem, decision });
  return code;
}

Deno.test("sc-login --flow device logs in a stand without a browser", async () => {
  await using stage = await setStage({ ...QUICK, start: startBinary });
  const { address } = stage.sandbox;
  const program = await stage.start(DEVICE);
  await decide(stage, program, "accept");
  const { code, stdout } = await program.result;

  equal([code, stdout], [0, "Registration completed\n"]);
  const { flow } = await readLogin(stage.home, address);
  equal(flow, "device");
  equal((await stage.run(["sc-login", "--check"])).code, 0);
});

Deno.test("sc-login --flow device ends with exit 3 when the person presses Deny", async () => {
  await using stage = await setStage({ ...QUICK, start: startBinary });
  const program = await stage.start(DEVICE);
  await decide(stage, program, "deny");
  const { code, stderr } = await program.result;

  equal(code, 3);
  match(
    stderr,
    /\nerror: .* has ended the sign-in \(server_error\): it was denied, or .*\nhint: .*press Accept\n$/,
  );
});

Deno.test("sc-login --flow device tells a denied login so when the server says access_denied", async () => {
  await using stage = await setStage({ ...QUICK, deviceErrors: "standard" });
  const program = await stage.start(DEVICE);
  await decide(stage, program, "deny");
  const { code, stderr } = await program.result;

  equal(code, 3);
  match(stderr, /\nerror: The login was denied at .*\nhint: .*press Accept\n$/);
});

/** What a person sees of a device login before the code is used; the QR code as `QR`. */
async function shown(
  stage: Stage,
  { columns, flags = [] }: { columns?: number; flags?: readonly string[] },
): Promise<{ prompt: string; userCode: string; qr: string[] }> {
  const terminal = { ...fakeTerminal(), stderrIsTerminal: true, columns };
  const program = await stage.start([...DEVICE, ...flags], {
    system: { terminal },
  });
  let code: string | undefined;
  await until(() => {
    code = /\n {2}([B-Z]{8})\n/.exec(terminal.stderr())?.[1];
    return code !== undefined;
  });
  const { issuer, caPem } = stage.sandbox;
  const page = `${issuer}/consent/openid/device-authorization`;
  await signIn(`${page}?user_code=${code}`, { caPem, decision: "accept" });
  equal((await program.result).code, 0);
  // deno-lint-ignore no-control-regex -- the line of the status begins with them
  const stderr = terminal.stderr().replace(/\r?\x1b\[K[^\n]*|\rCode .*/g, "");
  const [qr = "", ...more] = stderr.match(/(?:[█▀▄ ]{30,}\n)+/) ?? [];
  equal(more, []);
  const prompt = stderr.replace(qr, qr && "QR\n").replace(/yourself\.[^]*/, "");
  return { prompt, userCode: code ?? "", qr: qr.trimEnd().split("\n") };
}

Deno.test("sc-login shows page, QR code and, last, the code and its time (duty 31)", async () => {
  await using stage = await setStage(QUICK);
  const { prompt, userCode, qr } = await shown(stage, { columns: 80 });

  ok(qr.every((line) => line.length <= 80));
  ok(qr.length >= 15);
  equal(
    prompt,
    `Open this page in a browser on any device, sign in and press Accept:

  ${stage.sandbox.issuer}/consent/openid/device-authorization

Or scan:

QR

The page may ask for this code (good for 5 min):

  ${userCode}

Press Accept only if you started this sign-in `,
  );
});

for (
  const [where, options] of [
    ["on a terminal that is narrower than it", { columns: 36 }],
    ["with --quiet", { columns: 80, flags: ["--quiet"] }],
  ] as const
) {
  Deno.test(`sc-login shows no QR code ${where}`, async () => {
    await using stage = await setStage(QUICK);
    const { prompt, userCode } = await shown(stage, options);

    equal(
      prompt,
      `Open this page in a browser on any device, sign in and press Accept:

  ${stage.sandbox.issuer}/consent/openid/device-authorization

The page may ask for this code (good for 5 min):

  ${userCode}

Press Accept only if you started this sign-in `,
    );
  });
}

Deno.test("sc-login writes no QR code to a pipe, and the code and the page also with --quiet", async () => {
  await using stage = await setStage({ ...QUICK, start: startBinary });
  const program = await stage.start([...DEVICE, "--quiet"]);
  const userCode = await decide(stage, program, "accept");
  const { stderr } = await program.result;

  match(
    stderr,
    new RegExp(`/device-authorization\\n\\nThe page .*\\n\\n  ${userCode}`),
  );
});

Deno.test("sc-login --json says the code as an event, without the device_code (duty 34)", async () => {
  await using stage = await setStage({ ...QUICK, start: startBinary });
  const { issuer, address } = stage.sandbox;
  const program = await stage.start([...DEVICE, "--json", "--verbose"]);
  const userCode = await decide(stage, program, "accept");
  const result = await program.result;
  const [code = {}, done = {}, ...more] = eventsOf(result);

  const page = `${issuer}/consent/openid/device-authorization`;
  equal(code, {
    event: "device_code",
    "user_code": userCode,
    "verification_uri": page,
    "verification_uri_complete": `${page}?user_code=${userCode}`,
    "expires_in": 599,
    interval: 1,
  });
  equal([done["event"], done["address"], done["flow"], more], [
    "logged_in",
    address,
    "device",
    [],
  ]);
});

Deno.test("sc-login takes the device flow by itself where there is no screen", async () => {
  await using stage = await setStage(QUICK);
  const program = await stage.start(["sc-login"], SERVER);
  await decide(stage, program, "accept");

  equal((await program.result).code, 0);
  equal(stage.sandbox.counts.deviceGrants, 1);
});

Deno.test("the compiled sc-login takes the device flow by itself over SSH to a desktop", async () => {
  await using stage = await setStage({ ...QUICK, start: startBinary });
  const program = await stage.start(["sc-login"], {
    env: {
      DISPLAY: ":0",
      BROWSER: "/bin/false",
      SSH_CONNECTION: "10.0.0.9 51000 10.0.0.5 22",
    },
  });
  await decide(stage, program, "accept");

  equal((await program.result).code, 0);
});

Deno.test("sc-login --flow device polls on after faults of the network (duty 33)", async () => {
  await using stage = await setStage(QUICK);
  stage.sandbox.faults.push({
    match: (_, path) => path === "/auth/api/oidc/token",
    times: 1,
    action: { kind: "reset" },
  });
  const program = await stage.start([...DEVICE, "--verbose"]);
  await program.output.find(/(Not answered yet)/);
  await decide(stage, program, "accept");

  equal((await program.result).code, 0);
});

Deno.test("sc-login --flow device ends at --timeout", async () => {
  await using stage = await setStage(QUICK);
  const { code, stderr } = await stage.run([...DEVICE, "--timeout", "2"]);

  equal(code, 3);
  match(stderr, /\nerror: Nobody signed in within 2 s\n/);
});
