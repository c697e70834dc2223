import assert from "node:assert/strict";
import {
  type CallbackServer,
  startCallbackServer,
} from "../../src/login/callback_server.ts";
import { pendingAt, STATE } from "./pending_at.ts";

const SIGN_IN = { stand: "stand-7", address: "demo.standcloud.io" };
const GOOD = `code=abc&state=${STATE}`;
const LATE = `error=invalid_request_uri&state=${STATE}`;

function start(): CallbackServer<string> {
  return startCallbackServer<string>([0], SIGN_IN);
}

/** Waits for a response and redeems it when `token` has come. */
function waitFor(
  server: CallbackServer<string>,
  token: Promise<string>,
): Promise<string> {
  token.catch(() => {});
  const waiting = server.wait(pendingAt(server.redirectUri), {
    redeem: () => token,
    insteadOf: () => Promise.resolve(new URL("https://demo.standcloud.io/new")),
  });
  waiting.catch(() => {});
  return waiting;
}

interface Answer {
  readonly status: number;
  readonly location: string | null;
  readonly text: string;
}

/** One request, without following its redirect. */
async function ask(
  server: CallbackServer<string>,
  path: string,
  init: RequestInit = {},
): Promise<Answer> {
  const { origin } = new URL(server.redirectUri);
  const response = await fetch(`${origin}${path}`, {
    redirect: "manual",
    ...init,
  });
  return {
    status: response.status,
    location: response.headers.get("location"),
    text: await response.text(),
  };
}

for (const method of ["GET", "POST"]) {
  Deno.test(`the callback by ${method} leads to a path without code and state`, async () => {
    await using server = start();
    const waiting = waitFor(server, Promise.resolve("token"));
    const answer = method === "GET"
      ? await ask(server, `/oauth2/callback?${GOOD}`)
      : await ask(server, "/oauth2/callback", {
        method,
        body: new URLSearchParams(GOOD),
      });
    assert.deepEqual(answer, {
      status: 303,
      location: "/oauth2/done",
      text: "",
    });
    const page = await ask(server, "/oauth2/done");
    assert.equal(page.status, 200);
    assert.doesNotMatch(page.text, new RegExp(`abc|${STATE}`));
    assert.equal(await waiting, "token");
  });
}

Deno.test("/oauth2/done is not there before the response, and waits until the token is there", async () => {
  await using server = start();
  const token = Promise.withResolvers<string>();
  const waiting = waitFor(server, token.promise);
  assert.equal((await ask(server, "/oauth2/done")).status, 404);
  assert.equal((await ask(server, `/oauth2/done?${GOOD}`)).status, 404);
  await ask(server, `/oauth2/callback?${GOOD}`);
  let isShown = false;
  const page = ask(server, "/oauth2/done").finally(() => isShown = true);
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(isShown, false);
  token.resolve("token");
  assert.match((await page).text, /Token issued/);
  assert.equal(await waiting, "token");
});

Deno.test("/oauth2/done takes navigations by GET only, and only to its own host", async () => {
  await using server = start();
  void waitFor(server, Promise.reject(new Error("refused")));
  await ask(server, `/oauth2/callback?${GOOD}`);
  const statuses = await Promise.all([
    ask(server, "/oauth2/done", { method: "POST" }),
    ask(server, "/oauth2/done", { method: "HEAD" }),
    ask(server, "/oauth2/done", { headers: { "sec-fetch-mode": "cors" } }),
    ask(server, "/oauth2/done/"),
    ask(server, "/oauth2/done"),
  ]);
  assert.deepEqual(
    statuses.map(({ status }) => status),
    [405, 405, 403, 404, 400],
  );
  assert.match(statuses.at(-1)?.text ?? "", /No token issued/);
});

Deno.test("disposal waits a second at most for a browser that does not ask for the page", async () => {
  const server = start();
  const waiting = waitFor(server, Promise.resolve("token"));
  await ask(server, `/oauth2/callback?${GOOD}`);
  assert.equal(await waiting, "token");
  const begin = performance.now();
  await server[Symbol.asyncDispose]();
  assert.ok(performance.now() - begin < 2000);
});

Deno.test("disposal lets a browser that is on its way see the page", async () => {
  const server = start();
  const waiting = waitFor(server, Promise.resolve("token"));
  await ask(server, `/oauth2/callback?${GOOD}`);
  await waiting;
  const begin = performance.now();
  const disposed = server[Symbol.asyncDispose]();
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.match((await ask(server, "/oauth2/done")).text, /Token issued/);
  await disposed;
  assert.ok(performance.now() - begin < 900);
});

Deno.test("the page of an Accept that came too late has a path without state that nobody can guess", async () => {
  await using server = start();
  const waiting = waitFor(server, Promise.resolve("token"));
  const { status, location } = await ask(server, `/oauth2/callback?${LATE}`);
  assert.equal(status, 303);
  assert.match(location ?? "", /^\/oauth2\/too-old\/[0-9a-f-]{36}$/);
  assert.equal((await ask(server, "/oauth2/too-old")).status, 404);
  const page = await ask(server, location ?? "");
  assert.equal(page.status, 400);
  assert.match(page.text, /href="https:\/\/demo\.standcloud\.io\/new"/);
  assert.doesNotMatch(page.text, new RegExp(STATE));
  await ask(server, `/oauth2/callback?${GOOD}`);
  await ask(server, "/oauth2/done");
  assert.equal(await waiting, "token");
});
