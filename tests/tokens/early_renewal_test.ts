import assert from "node:assert/strict";
import { AppError } from "../../src/system/app_error.ts";
import { HttpFailure } from "../../src/system/http_failure.ts";
import { bearerSource } from "../../src/tokens/bearer.ts";
import { DISCOVERY, TOKEN, tokenAnswer } from "../standcloud/fake_service.ts";
import { appError } from "../system/errors.ts";
import { fakeClock } from "../system/fake_clock.ts";
import { answer, jsonAnswer } from "../system/fake_http_client.ts";
import { fakeTokenStore } from "./fake_token_store.ts";
import { oauthLogin } from "./logins.ts";
import { secondsLeft, type Stand, stand } from "./stand.ts";
import { timedService } from "./timed_service.ts";

/** Uses a login of Authelia's lifetimes at these minutes, each time with a new process. */
async function renewalsAt(minutes: readonly number[]): Promise<number> {
  const clock = fakeClock();
  const service = timedService(clock);
  const store = fakeTokenStore(oauthLogin());
  for (const minute of minutes) {
    clock.advance(minute * 60_000 - clock.monotonic());
    await bearerSource(service, { store, clock })();
  }
  return service.renewals;
}

Deno.test("bearerSource() keeps a login that is used in minute 58 and again in minute 91", async () => {
  assert.equal(await renewalsAt([58, 91]), 2);
});

Deno.test("bearerSource() keeps a login that is used each 85 minutes, and does not renew it each minute", async () => {
  const day = Array.from({ length: 20 }, (_, index) => 85 * (index + 1));
  assert.equal(await renewalsAt(day), 20);
  const hour = Array.from({ length: 60 }, (_, index) => index);
  assert.equal(await renewalsAt(hour), 8);
});

const HALF_AN_HOUR = 1800;

interface Warned extends Stand {
  readonly told: string[];
}

/** A stand whose login is half over at noon. */
function halfWay(): Warned {
  const told: string[] = [];
  const at = stand(secondsLeft(HALF_AN_HOUR), {
    onNotRenewed: (message) => void told.push(message),
  });
  return { ...at, told };
}

const FAILURES: [name: string, prepare: (at: Stand) => void][] = [
  ["the sign-in service cannot be reached", ({ service }) => {
    const away = new HttpFailure("refused", "The connection was refused");
    service.http.prepare(DISCOVERY, away);
  }],
  ["the sign-in service does not answer in time", ({ service }) => {
    service.prepareOAuth(TOKEN, new HttpFailure("timeout", "No answer"));
  }],
  ["the sign-in service is out of order", ({ service }) => {
    service.prepareOAuth(TOKEN, answer(503));
  }],
  ["the sign-in service says that requests came at once", ({ service }) => {
    service.prepareOAuth(TOKEN, jsonAnswer(400, { error: "invalid_request" }));
  }],
  ["the new login could not be saved", ({ service, store }) => {
    service.prepareOAuth(TOKEN);
    store.reserve = () =>
      Promise.reject(new AppError("store_unwritable", "It is read-only"));
  }],
  ["the lock cannot be had", ({ store }) => {
    store.lock = () =>
      Promise.reject(new AppError("store_unwritable", "It is held"));
  }],
];

for (const [name, prepare] of FAILURES) {
  Deno.test(`bearerSource() goes on with a token that works where ${name}, for thousands of requests, and warns once`, async () => {
    using at = halfWay();
    prepare(at);
    for (let request = 0; request < 3000; request++) {
      assert.equal((await at.bearer()).reveal(), "access-1");
    }
    assert.equal(at.told.length, 1);
    assert.match(
      at.told[0] ?? "",
      /^the login to demo\.standcloud\.io cannot be renewed now \(.+\); the command uses the old one until 2026-03-01T12:30:00Z$/,
    );
    assert.equal(
      at.store.login?.obtainedAt.toISOString().slice(11, 16),
      "11:30",
    );
  });
}

Deno.test("bearerSource() tries an early renewal that failed again after a twentieth of the life", async () => {
  using at = halfWay();
  const away = new HttpFailure("refused", "The connection was refused");
  at.service.http.prepare(DISCOVERY, away);
  await at.bearer();
  at.clock.advance(179_999);
  assert.equal((await at.bearer()).reveal(), "access-1");
  at.clock.advance(1);
  at.service.prepareOAuth(TOKEN, tokenAnswer());
  assert.equal((await at.bearer()).reveal(), "access-2");
});

Deno.test("bearerSource() waits 5 s for the sign-in service when the token works, and 20 s for the new tokens", async () => {
  using at = halfWay();
  at.service.prepareOAuth(TOKEN, tokenAnswer());
  await at.bearer();
  assert.deepEqual(
    at.service.http.requests.map((request) => request.timeoutMilliseconds),
    [5000, 20_000],
  );
});

Deno.test("bearerSource() renews at once a token that is refused, although an early renewal has just failed", async () => {
  using at = halfWay();
  const away = new HttpFailure("refused", "The connection was refused");
  at.service.http.prepare(DISCOVERY, away);
  const token = await at.bearer();
  at.service.prepareOAuth(TOKEN, tokenAnswer());
  assert.equal((await at.bearer(token)).reveal(), "access-2");
});

Deno.test("bearerSource() warns again of a renewal that fails after one that went well", async () => {
  using at = halfWay();
  const away = new HttpFailure("refused", "The connection was refused");
  at.service.http.prepare(DISCOVERY, away);
  await at.bearer();
  at.clock.advance(180_000);
  at.service.prepareOAuth(TOKEN, tokenAnswer());
  await at.bearer();
  at.clock.advance(400_000);
  at.service.http.prepare(TOKEN, away);
  await at.bearer();
  assert.equal(at.told.length, 2);
});

Deno.test("bearerSource() fails where the renewal fails and the token has ended meanwhile", async () => {
  using at = halfWay();
  at.store.reserve = () =>
    Promise.reject(new AppError("store_unwritable", "It is read-only"));
  at.service.prepareOAuth(TOKEN);
  const token = await at.bearer();
  await assert.rejects(at.bearer(token), appError("store_unwritable"));
  at.clock.advance(HALF_AN_HOUR * 1000);
  await assert.rejects(at.bearer(), appError("store_unwritable"));
});
