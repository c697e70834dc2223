import { deepStrictEqual as equal, match, ok } from "node:assert/strict";
import { type FakeService, startFakeService } from "../support/fake_service.ts";
import { type InProcessRun, startProgram } from "../support/run_program.ts";
import { eventsOf } from "../support/running_program.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

const CANARY = "CANARY-device-code";

/** A service that hands out device codes of its own making. */
async function withDevice(
  answer: Record<string, unknown>,
  test: (
    start: (...flags: string[]) => InProcessRun,
    service: FakeService,
  ) => Promise<void>,
): Promise<void> {
  await using service = startFakeService();
  await using folder = await TemporaryFolder.make();
  const { metadata, issuer } = service;
  service.answers["openid-configuration"] = () =>
    Response.json({
      ...metadata,
      "device_authorization_endpoint":
        `${issuer}/api/oidc/device-authorization`,
    });
  service.answers["device-authorization"] = () =>
    Response.json({
      "device_code": CANARY,
      "user_code": "BCDF",
      "verification_uri": `${issuer}/device`,
      "expires_in": 600,
      interval: 0.05,
      ...answer,
    });
  await test(
    (...flags) =>
      startProgram(
        ["sc-login", service.address, "--flow", "device", ...flags],
        {
          home: folder.path,
        },
      ),
    service,
  );
}

const EVIL = "\x1b]8;;http://evil\x07A\u202eB\r\nerror: x\x9b2J";

Deno.test("sc-login cleans the user code of what steers a terminal (duty 32)", () =>
  withDevice({ "user_code": EVIL }, async (start) => {
    const { stderr } = await start().result;

    match(stderr, /\n {3}\]8;;http:\/\/evil AB error: x 2J\n/);
    // deno-lint-ignore no-control-regex -- control characters are what this is about
    ok(!/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/.test(stderr), stderr);
  }));

Deno.test("sc-login --json escapes in the user code what steers a terminal (duty 32)", () =>
  withDevice({ "user_code": EVIL }, async (start) => {
    const result = await start("--json").result;

    const [code] = eventsOf(result);
    equal(code?.["user_code"], EVIL);
    // deno-lint-ignore no-control-regex -- control characters are what this is about
    ok(!/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/.test(result.stdout));
  }));

Deno.test("sc-login takes no user code that nobody can compare (duty 32)", () =>
  withDevice({ "user_code": "B".repeat(65) }, async (start) => {
    const { code, stderr } = await start().result;
    equal(code, 4);
    match(stderr, /the user code is too long to be compared/);
  }));

const FAILURES: Record<string, () => Response> = {
  "that denies": () =>
    Response.json({
      error: "access_denied",
      "error_description": "no",
    }, { status: 400 }),
  "that ends it": () =>
    Response.json({ error: "server_error" }, { status: 500 }),
  "with a page": () =>
    new Response("<html>", { headers: { "content-type": "text/html" } }),
  "with tokens": () =>
    Response.json({ "access_token": "CANARY-token", "token_type": "bearer" }),
};

for (const [name, answer] of Object.entries(FAILURES)) {
  Deno.test(`sc-login never prints the device_code before an answer ${name} (duty 34)`, () =>
    withDevice({}, async (start, service) => {
      service.answers.token = answer;
      for (const flags of [["--verbose"], ["--json", "--verbose", "--force"]]) {
        const { stdout, stderr } = await start(...flags).result;
        ok(!`${stdout}${stderr}`.includes("CANARY"), stdout + stderr);
      }
      const [form] = service.forms("token");
      equal(form?.get("device_code"), CANARY);
    }));
}

Deno.test("sc-login --flow device has one poller, and none after Ctrl-C (duty 35)", () =>
  withDevice({}, async (start, service) => {
    let [open, most] = [0, 0];
    service.answers.token = async () => {
      most = Math.max(most, ++open);
      await new Promise((resolve) => setTimeout(resolve, 20));
      open--;
      return Response.json({ error: "authorization_pending" }, { status: 400 });
    };
    const program = start();
    await program.output.find(/(Press Accept only)/);
    while (service.forms("token").length < 3) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    program.interrupt();
    const { code } = await program.result;
    const polls = service.forms("token").length;
    await new Promise((resolve) => setTimeout(resolve, 200));

    equal([code, most], [130, 1]);
    equal(service.forms("token").length, polls);
  }));
