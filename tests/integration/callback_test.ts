import { deepStrictEqual as equal, ok } from "node:assert/strict";
import { readLogin } from "../support/login_file.ts";
import {
  isListening,
  visit,
  withWaitingLogin,
} from "../support/waiting_login.ts";

Deno.test("sc-login takes the authorization response from a GET query", () =>
  withWaitingLogin(async ({ program, call, response }, { service, folder }) => {
    equal((await call(response)).status, 200);

    // The page is the truth: what it says is done before it is sent.
    const { "access_token": token } = await readLogin(
      folder.path,
      service.address,
    );
    equal(token, "access-1");
    const { code, stdout } = await program.result;
    equal([code, stdout], [0, "Registration completed\n"]);
  }));

Deno.test("sc-login takes the authorization response from a POST form", () =>
  withWaitingLogin(async ({ program, redirectUri, response }) => {
    const body = new URLSearchParams(response);
    const { status } = await visit(redirectUri, { method: "POST", body });

    equal([status, (await program.result).code], [200, 0]);
  }));

Deno.test("sc-login closes its port as soon as the login is over (duty 4)", () =>
  withWaitingLogin(async ({ program, redirectUri, call, response }) => {
    ok(await isListening(redirectUri));
    await call(response);
    await program.result;

    equal(await isListening(redirectUri), false);
  }));

Deno.test("sc-login ends although a stranger keeps a connection open", () =>
  withWaitingLogin(async ({ program, redirectUri, call, response }) => {
    const port = Number(new URL(redirectUri).port);
    using stranger = await Deno.connect({ hostname: "127.0.0.1", port });
    await stranger.write(new TextEncoder().encode("GET /oauth2/callb"));
    await call(response);

    equal((await program.result).code, 0);
  }));

Deno.test("sc-login outlasts a thousand answers with a guessed state (duty 13)", () =>
  withWaitingLogin(async ({ program, call, response }) => {
    for (let count = 0; count < 1000; count++) {
      const state = `guess-${count}`;
      equal((await call({ error: "access_denied", state })).status, 400);
    }
    await call(response);

    equal((await program.result).code, 0);
  }));

Deno.test("sc-login redeems only the first of two right answers (duty 4)", () =>
  withWaitingLogin(async ({ program, call, response }, { service }) => {
    const { promise: release, resolve } = Promise.withResolvers<void>();
    const honest = service.answers.token;
    service.answers.token = async (form) => {
      await release;
      return await honest(form);
    };
    const first = call(response);
    while (service.forms("token").length === 0) {
      await new Promise((done) => setTimeout(done, 2));
    }
    const second = await call({ ...response, code: "another" });
    resolve();

    equal([(await first).status, second.status], [200, 404]);
    equal((await program.result).code, 0);
    equal(service.forms("token").map((form) => form.get("code")), ["the-code"]);
  }));
