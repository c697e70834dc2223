import { deepStrictEqual as equal, match } from "node:assert/strict";
import { startSandbox } from "../../scripts/sandbox/sandbox.ts";
import { eventsOf } from "../support/running_program.ts";
import { setLoggedInStage, setStage } from "../support/stage.ts";

const CHECK = ["sc-login", "--check", "--json"];

Deno.test("sc-login --check without a login ends with exit 3", async () => {
  await using stage = await setStage();
  const { address } = stage.sandbox;

  const result = await stage.run(CHECK);

  equal([result.code, result.stderr], [3, ""]);
  equal(eventsOf(result), [
    {
      event: "check",
      address,
      connected: false,
      state: "login_required",
      "http_status": null,
    },
    {
      event: "error",
      code: "not_logged_in",
      message: `Not logged in to ${address}`,
      hint: `run: standcloud sc-login ${address}`,
      "exit_code": 3,
    },
  ]);
});

interface Answer {
  readonly status: number;
  readonly body?: string;
  readonly location?: string;
}

/** What the health check is answered, and what that means. */
const ANSWERS: [name: string, answer: Answer, state: string, code: number][] = [
  ["200 and a page", { status: 200, body: "<html>" }, "not_standcloud", 4],
  [
    "200 and another object",
    { status: 200, body: '{"status":"ok"}' },
    "not_standcloud",
    4,
  ],
  ["204", { status: 204 }, "not_standcloud", 4],
  [
    "302 to the sign-in service",
    { status: 302, location: "/auth/?rd=x" },
    "login_required",
    3,
  ],
  [
    "302 to the sign-in service without a slash",
    { status: 302, location: "/auth?rd=x" },
    "login_required",
    3,
  ],
  [
    "302 to another host",
    { status: 302, location: "https://evil.test/auth/" },
    "not_standcloud",
    4,
  ],
  ["401", { status: 401 }, "login_required", 3],
  ["403", { status: 403, body: "403 Forbidden" }, "not_allowed", 3],
  ["404", { status: 404 }, "not_standcloud", 4],
  ["429", { status: 429 }, "unreachable", 4],
  ["502", { status: 502 }, "unreachable", 4],
];

for (
  const [name, { status, body, location = "" }, state, code] of ANSWERS
) {
  Deno.test(`sc-login --check is ${state} when the API answers ${name}`, async () => {
    await using stage = await setLoggedInStage();
    stage.sandbox.faults.push({
      match: (_, path) => path === "/hardpy/api/v1/healthcheck",
      action: {
        kind: "respond",
        status,
        ...body !== undefined && { body },
        headers: { location },
      },
    });

    const result = await stage.run(CHECK);

    equal(result.code, code);
    const [check = {}, error = {}, ...more] = eventsOf(result);
    equal(check, {
      event: "check",
      address: stage.sandbox.address,
      connected: false,
      state,
      "http_status": status,
    });
    equal([error["event"], error["exit_code"], more], ["error", code, []]);
  });
}

Deno.test("sc-login --check is unreachable when the server is away", async () => {
  await using stage = await setLoggedInStage();
  await stage.sandbox[Symbol.asyncDispose]();

  const result = await stage.run(CHECK, { env: { STANDCLOUD_CA_FILE: "" } });

  const [check = {}, error = {}] = eventsOf(result);
  equal([result.code, check["state"], error["code"]], [
    4,
    "unreachable",
    "unreachable",
  ]);
});

Deno.test("sc-login --check trusts no authority that it was not told of", async () => {
  await using stage = await setLoggedInStage();
  await using other = await startSandbox();

  for (const caFile of ["", other.caFile]) {
    const result = await stage.run(CHECK, {
      env: { STANDCLOUD_CA_FILE: caFile },
    });
    const [check = {}, error = {}] = eventsOf(result);
    equal([result.code, check["state"]], [4, "unreachable"]);
    equal(error["code"], "certificate_refused");
    match(
      String(error["message"]),
      /the certificate is signed by an unknown authority/,
    );
    match(String(error["hint"]), /--ca-file PATH/);
  }
});
