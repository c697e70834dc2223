import assert from "node:assert/strict";
import { AppError } from "../../src/system/app_error.ts";
import {
  DEVICE,
  fakeService,
  HEALTH,
  REVOKE,
  TOKEN,
  tokenAnswer,
} from "../standcloud/fake_service.ts";
import { appError } from "../system/errors.ts";
import {
  answer,
  formOf,
  type PreparedAnswer,
} from "../system/fake_http_client.ts";
import { fakeTokenStore } from "../tokens/fake_token_store.ts";
import { address, plain } from "../tokens/logins.ts";
import {
  attempt,
  HTML,
  OFFLINE,
  PENDING,
  polled,
  refusal,
  started,
} from "./device_attempt.ts";

Deno.test("logInWithDevice() asks for a code and saves the login once the person has accepted", async () => {
  using service = fakeService();
  polled(service, [PENDING, PENDING, tokenAnswer()]);
  service.http.prepare(HEALTH, answer(200, "{}"));
  const { login, system, store } = attempt(service);
  assert.equal((await login).login, store.login);
  assert.deepEqual(store.calls, [
    "requireRoom",
    "lock",
    "load",
    "save",
    "unlock",
  ]);
  const { flow, accessToken } = plain(store.login) as Record<string, unknown>;
  assert.deepEqual([flow, accessToken], ["device", { secret: "access-2" }]);
  assert.equal(system.clock.monotonic(), 30_000);
  const [, start, poll] = service.http.requests.map((one) =>
    one.body === undefined ? {} : Object.fromEntries(formOf(one))
  );
  assert.deepEqual(start, {
    "client_id": "hardpy-report-uploader",
    scope: "offline_access authelia.bearer.authz",
    audience: address.apiBase,
  });
  assert.deepEqual(poll, {
    "client_id": "hardpy-report-uploader",
    "device_code": "device-code",
    "grant_type": "urn:ietf:params:oauth:grant-type:device_code",
  });
});

const paces: [
  what: string,
  answers: PreparedAnswer[],
  seconds: number,
  changes?: Record<string, unknown>,
][] = [
  ["the interval of the server", [PENDING], 20],
  ["5 s where the server says none", [PENDING], 10, { interval: undefined }],
  ["a longer interval for good after slow_down", [
    refusal("slow_down"),
    PENDING,
    PENDING,
  ], 10 + 3 * 22.5],
  ["twice the interval after each poll without an answer", [
    OFFLINE,
    OFFLINE,
    PENDING,
  ], 10 + 20 + 40 + 10],
  ["twice the interval after a page of a proxy", [
    answer(502, "<html>", { "content-type": "text/html" }),
  ], 30],
];

for (const [what, answers, seconds, changes] of paces) {
  Deno.test(`logInWithDevice() waits for ${what} (duty 33)`, async () => {
    using service = fakeService();
    polled(service, [...answers, tokenAnswer()], changes);
    service.http.prepare(HEALTH, answer(200, "{}"));
    const { login, system } = attempt(service);
    await login;
    assert.equal(system.clock.monotonic(), seconds * 1000);
  });
}

Deno.test("logInWithDevice() outlasts doubtful answers that are not the last word (duty 33)", async () => {
  using service = fakeService();
  polled(service, [
    HTML,
    HTML,
    PENDING,
    HTML,
    HTML,
    OFFLINE,
    HTML,
    tokenAnswer(),
  ]);
  service.http.prepare(HEALTH, answer(200, "{}"));
  const { login, store, troubles } = attempt(service);
  assert.equal((await login).login, store.login);
  assert.equal(troubles.length, 6);
});

for (
  const [expires, timeoutSeconds, message] of [
    [60, 300, /expired before anybody signed in/],
    [600, 45, /Nobody signed in within 45 s/],
  ] as const
) {
  Deno.test(`logInWithDevice() ends by its own clock, ${expires} s or --timeout ${timeoutSeconds} (duty 33)`, async () => {
    using service = fakeService();
    // Authelia calls an expired code pending for ever.
    const polls = Math.ceil(Math.min(expires, timeoutSeconds) / 10) - 1;
    polled(service, Array(polls).fill(PENDING), { "expires_in": expires });
    const { login, system } = attempt(service, { timeoutSeconds });
    await assert.rejects(login, appError("login_timed_out", message));
    assert.equal(
      system.clock.monotonic(),
      Math.min(expires, timeoutSeconds) * 1000,
    );
  });
}

Deno.test("logInWithDevice() revokes a login that it cannot save", async () => {
  using service = fakeService();
  service.prepareOAuth(DEVICE, started())
    .prepare(TOKEN, tokenAnswer())
    .prepare(HEALTH, answer(200, "{}"))
    .prepare(REVOKE, answer(200), answer(200));
  const store = fakeTokenStore();
  store.saveError = new AppError("store_unwritable", "The disk is full");
  await assert.rejects(
    attempt(service, { store }).login,
    appError("store_unwritable", /disk is full/),
  );
  assert.equal(formOf(service.http.requests[4]).get("token"), "refresh-2");
});
