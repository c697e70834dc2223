import assert from "node:assert/strict";
import { loginStatuses } from "../../src/inspect/login_status.ts";
import { AppError } from "../../src/system/app_error.ts";
import { fakeClock, NOON } from "../system/fake_clock.ts";
import type { Login } from "../../src/tokens/login.ts";
import { outlineOf } from "../../src/tokens/login_outline.ts";
import { fakeTokenStore } from "../tokens/fake_token_store.ts";
import { ADDRESS_TEXT, apiKeyLogin, oauthLogin } from "../tokens/logins.ts";

const later = new Date(NOON.getTime() + 1);

const states: [what: string, login: Login, state: string][] = [
  ["an API key", apiKeyLogin(), "valid"],
  ["a token without an end", oauthLogin({ expiresAt: undefined }), "valid"],
  ["a token that lives", oauthLogin({ expiresAt: later }), "valid"],
  ["a token that ends now", oauthLogin({ expiresAt: NOON }), "refreshable"],
  [
    "a token that has ended, with no way to renew it",
    oauthLogin({ expiresAt: NOON, refreshToken: undefined }),
    "expired",
  ],
];

for (const [what, login, state] of states) {
  Deno.test(`loginStatuses() calls ${what} ${state}, without a network`, async () => {
    const store = fakeTokenStore();
    store.list = () => Promise.resolve(["a"]);
    const outline = { ...outlineOf(login), keyName: "key" };
    store.outline = () => Promise.resolve(outline);
    assert.deepEqual(await loginStatuses(store, fakeClock()), [{
      address: ADDRESS_TEXT,
      flow: login.flow,
      state,
      expiresAt: login.flow === "api-key" ? null : login.expiresAt ?? null,
      keyName: "key",
      problem: null,
    }]);
  });
}

Deno.test("loginStatuses() lists a login that it cannot read, and goes on", async () => {
  const problem = new AppError("login_unreadable", "It is damaged");
  const store = fakeTokenStore();
  store.list = () => Promise.resolve(["damaged", "gone", "good"]);
  const good = { ...outlineOf(apiKeyLogin()), keyName: "key" };
  store.outline = (name) => {
    if (name === "damaged") return Promise.reject(problem);
    return Promise.resolve(name === "good" ? good : undefined);
  };
  const statuses = await loginStatuses(store, fakeClock());
  assert.deepEqual(statuses.map(({ address }) => address), [
    "damaged",
    ADDRESS_TEXT,
  ]);
  assert.deepEqual(statuses[0], {
    address: "damaged",
    flow: null,
    state: "unreadable",
    expiresAt: null,
    keyName: null,
    problem,
  });
});

Deno.test("loginStatuses() lets a fault of the program pass", async () => {
  const store = fakeTokenStore();
  store.list = () => Promise.resolve(["a"]);
  store.outline = () => Promise.reject(new TypeError("a fault"));
  await assert.rejects(loginStatuses(store, fakeClock()), TypeError);
});
