import { deepStrictEqual as equal, match, ok } from "node:assert/strict";
import { type FakeService, startFakeService } from "../support/fake_service.ts";
import { readLogin } from "../support/login_file.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";
import { typing } from "../support/typing.ts";
import {
  startWaitingLogin,
  type WaitingLogin,
} from "../support/waiting_login.ts";

const INVITATION =
  "If the browser ends on a page that it cannot reach, paste that page's address here.\n";

interface Pasting {
  readonly login: WaitingLogin;
  type(line: string): void;
  /** The address that the other computer's browser shows. */
  address(changes?: Record<string, string>): string;
}

async function withPasting(
  test: (pasting: Pasting, home: string, service: FakeService) => Promise<void>,
  flags: readonly string[] = [],
): Promise<void> {
  await using service = startFakeService();
  await using folder = await TemporaryFolder.make();
  const { typed, type } = typing();
  const login = await startWaitingLogin(service, {
    home: folder.path,
    typed,
    flags,
  });
  const address = (changes = {}) =>
    `${login.redirectUri}?${new URLSearchParams({
      ...login.response,
      ...changes,
    })}`;
  await test({ login, type, address }, folder.path, service);
}

for (const [left, right] of [["", ""], ["  <", "> "], ['"', '"\r']]) {
  Deno.test(`sc-login takes the pasted address ${JSON.stringify(`${left}URL${right}`)} of a page that failed elsewhere`, () =>
    withPasting(async ({ login, type, address }, home, service) => {
      const { program } = login;
      type("");
      type(`${left}${address()}${right}`);
      const { code, stdout, stderr } = await program.result;

      equal([code, stdout], [0, "Registration completed\n"]);
      ok(stderr.includes(INVITATION));
      const { "access_token": token } = await readLogin(home, service.address);
      equal(token, "access-1");
    }));
}

Deno.test("sc-login says that a pasted address is not its own, waits on, and repeats nothing of it (duty 13)", () =>
  withPasting(async ({ login, type, address }) => {
    const { program } = login;
    const wrong = [
      address({ state: "CANARY-state" }),
      address({ iss: "x" }).replace("/oauth2/callback", "/other"),
      `${login.redirectUri}?code=CANARY-code&state=CANARY&state=CANARY`,
      `${login.redirectUri}?error=access_denied`,
      "CANARY what am I to type?",
      "file:///oauth2/callback?CANARY",
    ];
    for (const line of wrong) type(line);
    const refusals = new RegExp(
      `((?:That is not the address that this sign-in ended on: still waiting\\.\n){${wrong.length}})`,
    );
    await program.output.find(refusals);
    type(address());
    const { code, stderr } = await program.result;

    equal(code, 0);
    ok(!stderr.includes("CANARY"), stderr);
    ok(!stderr.includes(login.response.state), stderr);
  }));

Deno.test("sc-login takes a pasted refusal for one", () =>
  withPasting(async ({ login, type }) => {
    const { state, iss } = login.response;
    const refusal = new URLSearchParams({ error: "access_denied", state, iss });
    type(`${login.redirectUri}?${refusal}`);

    const { code, stderr } = await login.program.result;
    equal(code, 3);
    match(stderr, /\nerror: The login was denied/);
  }));

Deno.test("sc-login redeems one of two right answers, pasted and in the browser", () =>
  withPasting(async ({ login, type, address }, _, service) => {
    const { promise: release, resolve } = Promise.withResolvers<void>();
    const honest = service.answers.token;
    service.answers.token = async (form) => {
      await release;
      return await honest(form);
    };
    type(address({ code: "pasted" }));
    while (service.forms("token").length === 0) {
      await new Promise((done) => setTimeout(done, 2));
    }
    equal((await login.call(login.response)).status, 404);
    resolve();

    equal((await login.program.result).code, 0);
    equal(service.forms("token").map((form) => form.get("code")), ["pasted"]);
  }));

Deno.test("sc-login --no-input neither invites to paste nor reads the terminal", () =>
  withPasting(async ({ login, type, address }) => {
    type(address({ code: "pasted" }));
    equal((await login.call(login.response)).status, 200);
    const { code, stderr } = await login.program.result;

    equal(code, 0);
    ok(!stderr.includes(INVITATION), stderr);
  }, ["--no-input"]));
