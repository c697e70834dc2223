import assert from "node:assert/strict";
import {
  type CallbackServer,
  startCallbackServer,
  type WaitOptions,
} from "../../src/login/callback_server.ts";
import type { AuthorizationResponse } from "../../src/login/callback_request.ts";
import { AppError } from "../../src/system/app_error.ts";
import { pendingAt, STATE } from "./pending_at.ts";

function start<T>(): CallbackServer<T> {
  const signIn = { stand: "stand-7", address: "demo.standcloud.io" };
  return startCallbackServer<T>([0], signIn);
}

interface Hit {
  readonly status: number;
  readonly text: string;
  /** Where the browser is at the end. */
  readonly path: string;
}

async function hit(
  { redirectUri }: CallbackServer<unknown>,
  query: string,
  init: RequestInit = {},
): Promise<Hit> {
  const response = await fetch(`${redirectUri}?${query}`, init);
  const { status, url } = response;
  return { status, text: await response.text(), path: new URL(url).pathname };
}

const GOOD = `code=abc&state=${STATE}`;
const code = ({ parameters }: AuthorizationResponse) =>
  Promise.resolve(parameters.get("code"));

/** For a login of one page. */
function only<T>(redeem: WaitOptions<T>["redeem"]): WaitOptions<T> {
  return { redeem, insteadOf: () => Promise.resolve(undefined) };
}

Deno.test("wait() gives the one valid response, after any number of stray requests", async () => {
  await using server = start<string | null>();
  assert.match(
    server.redirectUri,
    /^http:\/\/127\.0\.0\.1:\d+\/oauth2\/callback$/,
  );
  assert.equal((await hit(server, GOOD)).status, 404, "nobody waits yet");
  const waiting = server.wait(pendingAt(server.redirectUri), only(code));
  for (let i = 0; i < 50; i++) {
    assert.equal((await hit(server, "error=x")).status, 400);
    assert.equal((await hit(server, "code=x&state=t")).status, 400);
  }
  const put = await hit(server, GOOD, { method: "PUT" });
  assert.equal(put.status, 405);
  const { status, text } = await hit(server, GOOD);
  assert.equal(status, 200);
  assert.match(text, /Token issued/);
  assert.equal(await waiting, "abc");
});

Deno.test("wait() takes a form, as response mode form_post sends it", async () => {
  await using server = start<string | null>();
  const waiting = server.wait(pendingAt(server.redirectUri), only(code));
  const body = new URLSearchParams(GOOD);
  const { status } = await hit(server, "", { method: "POST", body });
  assert.equal(status, 200);
  assert.equal(await waiting, "abc");
});

Deno.test("wait() settles once: later and simultaneous responses are refused", async () => {
  await using server = start<number>();
  let redeemed = 0;
  const waiting = server.wait(
    pendingAt(server.redirectUri),
    only(() => Promise.resolve(++redeemed)),
  );
  const hits = await Promise.all(
    Array.from({ length: 10 }, () => hit(server, GOOD)),
  );
  const statuses = hits.map(({ status }) => status).sort();
  assert.deepEqual(statuses, [200, ...Array(9).fill(404)]);
  assert.equal((await hit(server, GOOD)).status, 404);
  assert.equal(await waiting, 1);
  assert.equal(redeemed, 1);
});

Deno.test("wait() rejects with what redeem threw, and the page tells nothing of it", async () => {
  await using server = start<string>();
  const error = new AppError("login_refused", "secret words");
  const waiting = server.wait(
    pendingAt(server.redirectUri),
    only(() => Promise.reject(error)),
  );
  const outcome = assert.rejects(waiting, error);
  const evil = "&error_description=<script>alert(1)</script>";
  const { status, text } = await hit(server, `error=x&state=${STATE}${evil}`);
  assert.equal(status, 400);
  assert.match(text, /No token issued/);
  assert.doesNotMatch(text, /secret words|script/);
  await outcome;
});

Deno.test("wait() is not disturbed by another name for this machine, as DNS rebinding brings it (duty 9)", async () => {
  await using server = start<string | null>();
  const waiting = server.wait(pendingAt(server.redirectUri), only(code));
  const url = server.redirectUri.replace("127.0.0.1", "localhost");
  const rebound = await fetch(`${url}?${GOOD}`);
  assert.equal(rebound.status, 421);
  await rebound.body?.cancel();
  assert.equal((await hit(server, GOOD)).status, 200);
  assert.equal(await waiting, "abc");
});

Deno.test("wait() does not stop for a form that never ends, nor does disposal (duty 5)", async () => {
  const server = start<string | null>();
  const { port, host } = new URL(server.redirectUri);
  const waiting = server.wait(pendingAt(server.redirectUri), only(code));
  using slow = await Deno.connect({
    hostname: "127.0.0.1",
    port: Number(port),
  });
  const head = [
    "POST /oauth2/callback HTTP/1.1",
    `Host: ${host}`,
    "Content-Type: application/x-www-form-urlencoded",
    "Content-Length: 100",
    "",
    "code=",
  ];
  await slow.write(new TextEncoder().encode(head.join("\r\n")));
  assert.equal((await hit(server, GOOD)).status, 200);
  assert.equal(await waiting, "abc");
  const begin = performance.now();
  await server[Symbol.asyncDispose]();
  assert.ok(performance.now() - begin < 1000);
  await assert.rejects(hit(server, GOOD));
});

for (
  const newest of [new URL("https://demo.standcloud.io/a?b=1&c=2"), undefined]
) {
  Deno.test(`wait() goes on after an Accept that came too late, and the page ${newest ? "leads to the newest page" : "says that there will be one"}`, async () => {
    await using server = start<string | null>();
    const old = pendingAt(server.redirectUri);
    const asked: unknown[] = [];
    const waiting = server.wait(old, {
      redeem: code,
      insteadOf(pending) {
        asked.push(pending);
        return Promise.resolve(newest);
      },
    });
    const late = "error=invalid_request_uri&error_description=<b>";
    const { status, text } = await hit(server, `${late}&state=${STATE}`);
    assert.deepEqual([status, asked], [400, [old]]);
    assert.match(text, /<h1>Page too old<\/h1>/);
    assert.match(
      text,
      newest
        ? /<a href="https:\/\/demo\.standcloud\.io\/a\?b=1&amp;c=2">/
        : /shows a new page soon/,
    );
    assert.doesNotMatch(text, /<b>/);
    assert.equal(
      server.paste(`${server.redirectUri}?${late}&state=${STATE}`),
      true,
    );
    assert.equal(asked.length, 2);
    assert.equal((await hit(server, GOOD)).status, 200);
    assert.equal(await waiting, "abc");
  });
}
