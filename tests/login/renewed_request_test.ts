import assert from "node:assert/strict";
import { logInWithBrowser } from "../../src/login/browser_login.ts";
import type { PendingAuthorization } from "../../src/standcloud/authorization_code.ts";
import { HttpFailure } from "../../src/system/http_failure.ts";
import {
  type FakeService,
  fakeService,
  HEALTH,
  PUSH,
  TOKEN,
  tokenAnswer,
} from "../standcloud/fake_service.ts";
import { appError } from "../system/errors.ts";
import {
  answer,
  formOf,
  jsonAnswer,
  type PreparedAnswer,
} from "../system/fake_http_client.ts";
import { fakeSystem } from "../system/fake_system.ts";
import { fakeTokenStore } from "../tokens/fake_token_store.ts";
import { address } from "../tokens/logins.ts";
import { type SteppedClock, steppedClock, until } from "./stepped_clock.ts";

const pushedFor = (seconds: number, name = "a") =>
  jsonAnswer(201, {
    "request_uri": `urn:ietf:params:oauth:request_uri:${name}`,
    "expires_in": seconds,
  });

interface Attempt {
  readonly login: Promise<unknown>;
  readonly clock: SteppedClock;
  readonly shown: PendingAuthorization[];
  readonly troubles: string[];
  /** The pages that were named to a person who had used another one too late. */
  readonly tooOld: PendingAuthorization[];
}

function attempt(
  service: FakeService,
  pushes: PreparedAnswer[],
  timeoutSeconds = 3600,
): Attempt {
  const clock = steppedClock();
  const shown: PendingAuthorization[] = [];
  const troubles: string[] = [];
  const tooOld: PendingAuthorization[] = [];
  service.prepareOAuth(PUSH, ...pushes);
  const login = logInWithBrowser(
    { ...fakeSystem("/nowhere"), clock },
    service,
    {
      store: fakeTokenStore(),
      ports: [0],
      timeoutSeconds,
      openBrowser: false,
      onPending: (pending, isRenewed) => {
        assert.equal(isRenewed, shown.length > 0);
        shown.push(pending);
      },
      onTooOld: (newest) => void tooOld.push(newest),
      onNoBrowser: () => {},
      onWrongPaste: () => {},
      onTrouble: (message) => void troubles.push(message),
    },
  );
  login.catch(() => {});
  return { login, clock, shown, troubles, tooOld };
}

/** Brings the answer to a request, as the browser would. */
async function answerTo(
  { redirectUri, state }: PendingAuthorization,
  outcome: Record<string, string> = { code: "code-1" },
): Promise<number> {
  const response = await fetch(`${redirectUri}?${new URLSearchParams({
    ...outcome,
    state: state.reveal(),
    iss: address.issuer,
  })}`);
  await response.body?.cancel();
  return response.status;
}

for (const [what, index] of [["last", 2], ["first", 0]] as const) {
  Deno.test(`logInWithBrowser() pushes an expired request again and takes the answer to the ${what} one (duty 17)`, async () => {
    using service = fakeService();
    const { login, clock, shown } = attempt(service, [
      pushedFor(5, "a"),
      pushedFor(60, "b"),
      pushedFor(60, "c"),
    ]);
    // Whoever waits for the end of the login, and for that of its request.
    await clock.asleep(2);
    clock.step(5000);
    await clock.asleep(2);
    assert.equal(shown.length, 2);
    clock.step(59_999);
    await clock.asleep(2);
    assert.equal(shown.length, 2);
    clock.step(1);
    await clock.asleep(2);
    assert.equal(shown.length, 3);
    assert.deepEqual(
      new Set(shown.map(({ url }) => url.searchParams.get("request_uri"))).size,
      3,
    );
    const pending = shown[index];
    assert.ok(pending !== undefined);
    service.http.prepare(TOKEN, tokenAnswer())
      .prepare(HEALTH, answer(200, "{}"));
    assert.equal(await answerTo(pending), 200);
    await login;
    // Each request has a verifier of its own.
    const { requests } = service.http;
    assert.equal(
      formOf(requests.at(-2)).get("code_verifier"),
      pending.codeVerifier.reveal(),
    );
  });
}

Deno.test("logInWithBrowser() pushes nothing again that lives as long as the login may take (duty 17)", async () => {
  using service = fakeService();
  const { login, clock, shown } = attempt(service, [pushedFor(300)], 300);
  await clock.asleep(1);
  clock.step(300_000);
  await assert.rejects(login, appError("login_timed_out"));
  assert.equal(shown.length, 1);
});

Deno.test("logInWithBrowser() asks a server every 5 s at most for a new request (duty 17)", async () => {
  using service = fakeService();
  const { login, clock, shown } = attempt(
    service,
    Array(4).fill(pushedFor(1)),
    20,
  );
  for (let pushes = 1; pushes < 4; pushes++) {
    await clock.asleep(2);
    clock.step(4999);
    await clock.asleep(2);
    assert.equal(shown.length, pushes);
    clock.step(1);
    await until(() => shown.length > pushes);
  }
  await clock.asleep(1);
  clock.step(5000);
  await assert.rejects(login, appError("login_timed_out"));
  assert.equal(shown.length, 4);
});

Deno.test("logInWithBrowser() waits on where a new request cannot be had, and tries again (duty 17)", async () => {
  using service = fakeService();
  const { login, clock, shown, troubles } = attempt(service, [
    pushedFor(60),
    new HttpFailure("connection", "The connection failed"),
    pushedFor(600, "b"),
  ]);
  await clock.asleep(2);
  clock.step(60_000);
  await clock.asleep(2);
  assert.deepEqual([shown.length, troubles.length], [1, 1]);
  clock.step(5000);
  await clock.asleep(2);
  assert.equal(shown.length, 2);
  service.http.prepare(TOKEN, tokenAnswer())
    .prepare(HEALTH, answer(200, "{}"));
  assert.ok(shown[0] !== undefined);
  assert.equal(await answerTo(shown[0]), 200);
  await login;
});

const TOO_LATE = { error: "invalid_request_uri" };

Deno.test("logInWithBrowser() names the newest page after Accept on one that it has replaced, and goes on", async () => {
  using service = fakeService();
  const { login, clock, shown, tooOld } = attempt(service, [
    pushedFor(60, "a"),
    pushedFor(300, "b"),
  ]);
  await clock.asleep(2);
  clock.step(60_000);
  await until(() => shown.length === 2);
  await clock.asleep(2);
  clock.step(100_000);
  const [old, newest] = shown;
  assert.ok(old !== undefined && newest !== undefined);
  assert.equal(await answerTo(old, TOO_LATE), 400);
  assert.deepEqual(tooOld, [{ ...newest, expiresIn: 200 }]);
  service.http.prepare(TOKEN, tokenAnswer())
    .prepare(HEALTH, answer(200, "{}"));
  assert.equal(await answerTo(newest), 200);
  await login;
});

Deno.test("logInWithBrowser() pushes a new page when Accept on the newest one came too late", async () => {
  using service = fakeService();
  const { login, shown, tooOld } = attempt(service, [
    pushedFor(300, "a"),
    pushedFor(300, "b"),
  ], 300);
  await until(() => shown.length === 1);
  const [old] = shown;
  assert.ok(old !== undefined);
  assert.equal(await answerTo(old, TOO_LATE), 400);
  assert.deepEqual([shown.length, tooOld], [2, []]);
  const newest = shown[1];
  assert.ok(newest !== undefined);
  service.http.prepare(TOKEN, tokenAnswer())
    .prepare(HEALTH, answer(200, "{}"));
  assert.equal(await answerTo(newest), 200);
  await login;
});

Deno.test("logInWithBrowser() tries again for a new page that cannot be had when Accept came too late", async () => {
  using service = fakeService();
  const { login, clock, shown, troubles } = attempt(service, [
    pushedFor(300, "a"),
    new HttpFailure("connection", "The connection failed"),
    pushedFor(300, "b"),
  ], 300);
  await until(() => shown.length === 1);
  const [old] = shown;
  assert.ok(old !== undefined);
  assert.equal(await answerTo(old, TOO_LATE), 400);
  assert.deepEqual([shown.length, troubles.length], [1, 1]);
  await clock.asleep(2);
  clock.step(5000);
  await until(() => shown.length === 2);
  service.http.prepare(TOKEN, tokenAnswer())
    .prepare(HEALTH, answer(200, "{}"));
  assert.ok(shown[1] !== undefined);
  assert.equal(await answerTo(shown[1]), 200);
  await login;
});
