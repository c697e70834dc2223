import assert from "node:assert/strict";
import { type LoggedOut, logOut } from "../../src/login/log_out.ts";
import { AppError } from "../../src/system/app_error.ts";
import type { HttpAnswer } from "../../src/system/http_client.ts";
import { HttpFailure } from "../../src/system/http_failure.ts";
import {
  DISCOVERY,
  fakeService,
  metadata,
  REVOKE,
} from "../standcloud/fake_service.ts";
import { appError } from "../system/errors.ts";
import { fakeClock } from "../system/fake_clock.ts";
import { answer, formOf, jsonAnswer } from "../system/fake_http_client.ts";
import { fakeTokenStore } from "../tokens/fake_token_store.ts";
import { apiKeyLogin, oauthLogin } from "../tokens/logins.ts";

const { signal } = new AbortController();
const clock = fakeClock();

Deno.test("logOut() revokes the refresh token, then the access token, then deletes (duty 36)", async () => {
  using service = fakeService();
  service.prepareOAuth(REVOKE, answer(200), answer(200));
  const store = fakeTokenStore(oauthLogin());
  assert.deepEqual(await logOut(service, { store, clock, signal }), {
    revoked: true,
    reason: undefined,
  });
  const forms = service.http.requests.slice(1).map((request) => {
    const form = formOf(request);
    return [form.get("token_type_hint"), form.get("token")];
  });
  assert.deepEqual(forms, [
    ["refresh_token", "refresh-1"],
    ["access_token", "access-1"],
  ]);
  assert.deepEqual(store.calls, ["lock", "load", "remove", "unlock"]);
});

Deno.test("logOut() revokes the access token alone when there is no other", async () => {
  using service = fakeService();
  service.prepareOAuth(REVOKE, answer(200));
  const store = fakeTokenStore(oauthLogin({ refreshToken: undefined }));
  assert.equal(
    (await logOut(service, { store, clock, signal }))?.revoked,
    true,
  );
});

Deno.test("logOut() is undefined when nobody was logged in, and does not even make a lock", async () => {
  using service = fakeService();
  const store = fakeTokenStore();
  assert.equal(await logOut(service, { store, clock, signal }), undefined);
  assert.deepEqual(store.calls, []);
});

Deno.test("logOut() asks no server about an API key, and says so", async () => {
  using service = fakeService();
  const store = fakeTokenStore(apiKeyLogin());
  const done = await logOut(service, { store, clock, signal });
  assert.equal(done?.revoked, false);
  assert.match(done?.reason ?? "", /StandCloud's settings/);
  assert.equal(store.login, undefined);
});

Deno.test("logOut() deletes a login that it cannot read", async () => {
  using service = fakeService();
  const store = fakeTokenStore(oauthLogin());
  store.load = () =>
    Promise.reject(new AppError("login_unreadable", "It is damaged"));
  const expected: LoggedOut = { revoked: "unknown", reason: "It is damaged" };
  assert.deepEqual(await logOut(service, { store, clock, signal }), expected);
  assert.equal(store.login, undefined);
});

const { "revocation_endpoint": _, ...withoutRevocation } = metadata;

const failures: [
  what: string,
  received: [request: string, answer: HttpAnswer | Error][],
  reason: RegExp,
][] = [
  ["cannot be reached", [
    [DISCOVERY, new HttpFailure("timeout", "No answer in time")],
  ], /no answer in time/],
  ["is out of order", [[DISCOVERY, answer(503)]], /HTTP 503/],
  ["has no way to revoke", [
    [DISCOVERY, jsonAnswer(200, withoutRevocation)],
  ], /revocation_endpoint/],
  ["answers 404", [
    [DISCOVERY, jsonAnswer(200, metadata)],
    [REVOKE, answer(404)],
    [REVOKE, answer(404)],
  ], /HTTP 404/],
  ["refuses", [
    [DISCOVERY, jsonAnswer(200, metadata)],
    [REVOKE, jsonAnswer(400, { error: "unsupported_token_type" })],
    [REVOKE, answer(200)],
  ], /unsupported_token_type/],
  ["breaks off after the first token", [
    [DISCOVERY, jsonAnswer(200, metadata)],
    [REVOKE, answer(200)],
    [REVOKE, new HttpFailure("connection", "The connection failed")],
    [REVOKE, new HttpFailure("connection", "The connection failed")],
  ], /connection failed/],
];

for (const [what, received, reason] of failures) {
  Deno.test(`logOut() deletes, and claims nothing, when the server ${what} (duties 36, 37)`, async () => {
    using service = fakeService();
    for (const [request, one] of received) service.http.prepare(request, one);
    const store = fakeTokenStore(oauthLogin());
    const done = await logOut(service, { store, clock, signal });
    assert.equal(done?.revoked, "unknown");
    assert.match(done?.reason ?? "", reason);
    assert.doesNotMatch(done?.reason ?? "", /refresh-1|access-1/);
    assert.equal(store.login, undefined);
  });
}

Deno.test("logOut() asks a server once more that is out of order for a moment (duty 36)", async () => {
  using service = fakeService();
  service.prepareOAuth(
    REVOKE,
    answer(503, "", { "retry-after": "1" }),
    answer(200),
    answer(200),
  );
  const store = fakeTokenStore(oauthLogin());
  const done = await logOut(service, { store, clock, signal });
  assert.deepEqual(done, { revoked: true, reason: undefined });
});

Deno.test("logOut() tries the access token although the refresh token could not be revoked", async () => {
  using service = fakeService();
  service.prepareOAuth(REVOKE, answer(503), answer(503), answer(200));
  const store = fakeTokenStore(oauthLogin());
  const done = await logOut(service, { store, clock, signal });
  assert.equal(done?.revoked, "unknown");
  const tokens = service.http.requests.slice(1)
    .map((request) => formOf(request).get("token"));
  assert.deepEqual(tokens, ["refresh-1", "refresh-1", "access-1"]);
});

Deno.test("logOut() keeps the login when it is interrupted before the server was told", async () => {
  using service = fakeService();
  const interrupt = new AbortController();
  const reason = new AppError("interrupted", "Interrupted");
  service.http.prepare(DISCOVERY, reason);
  const store = fakeTokenStore(oauthLogin());
  interrupt.abort(reason);
  await assert.rejects(
    logOut(service, { store, signal: interrupt.signal, clock }),
    appError("interrupted"),
  );
  assert.equal(service.http.requests[0]?.signal?.reason, reason);
  assert.notEqual(store.login, undefined);
  assert.equal(store.calls.at(-1), "unlock");
});
