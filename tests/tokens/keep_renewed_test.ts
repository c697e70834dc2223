import assert from "node:assert/strict";
import { AppError } from "../../src/system/app_error.ts";
import { bearerSource } from "../../src/tokens/bearer.ts";
import { keepRenewed } from "../../src/tokens/keep_renewed.ts";
import { appError } from "../system/errors.ts";
import { type FakeClock, fakeClock } from "../system/fake_clock.ts";
import { fakeTokenStore } from "./fake_token_store.ts";
import { apiKeyLogin, oauthLogin } from "./logins.ts";
import { type TimedService, timedService } from "./timed_service.ts";

interface Idle {
  readonly service: TimedService;
  readonly told: readonly string[];
  /** Why it ended before its time. */
  readonly error: AppError | undefined;
  readonly minutes: number;
}

/** A program that waits so many minutes, with a login that was made just before. */
async function idle(
  forMinutes: number,
  during: (
    minute: number,
    at: { service: TimedService; clock: FakeClock },
  ) => void = () => {},
): Promise<Idle> {
  const clock = fakeClock();
  const service = timedService(clock);
  const told: string[] = [];
  const bearer = bearerSource(service, {
    store: fakeTokenStore(oauthLogin()),
    clock,
    onNotRenewed: (message) => void told.push(message),
  });
  const stop = new AbortController();
  const { promise: over, resolve } = Promise.withResolvers<void>();
  const minutes = () => clock.monotonic() / 60_000;
  let error: AppError | undefined;
  const kept = keepRenewed(bearer, {
    clock: {
      ...clock,
      async sleep(milliseconds) {
        if (minutes() > forMinutes) resolve();
        if (minutes() > forMinutes) stop.abort();
        during(minutes(), { service, clock });
        await clock.sleep(milliseconds);
      },
    },
    signal: stop.signal,
    onEnd(reason) {
      error = reason;
      resolve();
    },
  });
  await over;
  await kept[Symbol.asyncDispose]();
  return { service, told, error, minutes: minutes() };
}

Deno.test("keepRenewed() renews a login at each half of its life, all night, though nothing is sent", async () => {
  const { service, told, error } = await idle(12 * 60);
  assert.deepEqual([service.renewals, told, error], [23, [], undefined]);
});

Deno.test("keepRenewed() renews a login as soon as the computer wakes up that has slept for 70 minutes", async () => {
  let isAsleep = true;
  const { service, error } = await idle(12, (minute, { clock }) => {
    // The clock on the wall goes on while a computer sleeps, its timers do not.
    if (minute > 10 && isAsleep) clock.setBack(-70 * 60_000);
    if (minute > 10) isAsleep = false;
  });
  assert.deepEqual([service.renewals, error], [1, undefined]);
});

Deno.test("keepRenewed() waits for a network that is away for 80 minutes, warns once, and renews when it is back", async () => {
  const { service, told, error } = await idle(100, (minute, { service }) => {
    service.isAway = minute > 9 && minute < 89;
  });
  assert.deepEqual([service.renewals, error], [1, undefined]);
  assert.equal(told.length, 1);
  assert.match(told[0] ?? "", /cannot be renewed now \(Cannot reach /);
});

Deno.test("keepRenewed() asks a network that is away every three minutes as long as the token works", async () => {
  const { service } = await idle(51, (minute, { service }) => {
    service.isAway = minute > 9;
  });
  // From half an hour on.
  assert.equal(service.requests, 8);
});

Deno.test("keepRenewed() ends with a login that has ended at the service, as soon as its token has ended too", async () => {
  const { error, told, minutes } = await idle(300, (minute, { clock }) => {
    // Asleep for two hours.
    if (minute > 5 && minute < 6) clock.setBack(-120 * 60_000);
  });
  appError("login_ended", /has ended \(invalid_grant\)$/)(error);
  assert.deepEqual(told, []);
  assert.ok(minutes < 7);
});

Deno.test("keepRenewed() has nothing to do for an API key", async () => {
  const clock = fakeClock();
  const service = timedService(clock);
  const store = fakeTokenStore(apiKeyLogin());
  const kept = keepRenewed(bearerSource(service, { store, clock }), {
    clock: { ...clock, sleep: () => assert.fail() },
    signal: new AbortController().signal,
    onEnd: () => assert.fail(),
  });
  await kept[Symbol.asyncDispose]();
  assert.deepEqual(store.calls, ["load"]);
});

Deno.test("keepRenewed() ends with the signal, and disposing waits for a renewal that is under way", async () => {
  const answer = Promise.withResolvers<number>();
  const stop = new AbortController();
  const kept = keepRenewed({ renewIdle: () => answer.promise }, {
    clock: fakeClock(),
    signal: stop.signal,
    onEnd: () => assert.fail(),
  });
  stop.abort(new AppError("interrupted", "Interrupted"));
  let isOver = false;
  const over = kept[Symbol.asyncDispose]().then(() => isOver = true);
  await Promise.resolve();
  assert.equal(isOver, false);
  answer.resolve(1000);
  await over;
});
