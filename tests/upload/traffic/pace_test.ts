import assert from "node:assert/strict";
import { type FakeClock, fakeClock } from "../../system/fake_clock.ts";
import type { Pause, Pauses } from "../../../src/upload/ledger/pauses.ts";
import {
  backoff,
  Pace,
  type PaceOptions,
  type PauseNotice,
} from "../../../src/upload/traffic/pace.ts";

interface SharedPauses extends Pick<Pauses, "ask" | "of"> {
  end(): void;
}

/** The pauses of a stand, which its processes share. */
function sharedPauses(clock: FakeClock): SharedPauses {
  let shared: Pause | undefined;
  return {
    end: () => shared = undefined,
    ask(_address, pause) {
      shared = pause;
      return Promise.resolve();
    },
    of: () =>
      shared !== undefined && shared.until > clock.now() ? shared : undefined,
  };
}

interface Scene {
  readonly pace: Pace;
  readonly clock: FakeClock;
  readonly pauses: SharedPauses;
  /** Each notice once. */
  readonly announced: [cause: string, milliseconds: number][];
  readonly notices: PauseNotice[];
  resumed(): number;
}

/** A pace that takes the whole of every backoff. */
function scene(
  changes: Partial<PaceOptions> = {},
  clock: FakeClock = fakeClock(),
): Scene {
  const announced: [string, number][] = [];
  const notices: PauseNotice[] = [];
  let resumed = 0;
  const pauses = sharedPauses(clock);
  const pace = new Pace({
    clock,
    random: () => 1,
    pauses,
    address: "demo.standcloud.io",
    retryMilliseconds: 60_000,
    signal: new AbortController().signal,
    onPause(notice) {
      const { cause, nextTryAt } = notice;
      const before = notices.at(-1);
      notices.push(notice);
      const isKnown = before?.cause === cause &&
        before.nextTryAt.getTime() === nextTryAt.getTime();
      if (isKnown) return;
      announced.push([cause, nextTryAt.getTime() - clock.now().getTime()]);
    },
    onResume: () => resumed++,
    ...changes,
  });
  return { pace, clock, pauses, announced, notices, resumed: () => resumed };
}

/** How long `ready()` waits. */
async function waited({ pace, clock }: Scene): Promise<number> {
  const start = clock.monotonic();
  await pace.ready();
  return clock.monotonic() - start;
}

Deno.test("Pace lets everything through as long as nothing fails", async () => {
  const stand = scene();
  assert.equal(await stand.pace.ready(), true);
  stand.pace.succeeded();
  assert.equal(await waited(stand), 0);
  assert.deepEqual([stand.announced, stand.resumed()], [[], 0]);
});

Deno.test("Pace waits longer after each failure, says so, and begins anew after a success", async () => {
  const stand = scene();
  const { pace, clock } = stand;
  const waits: number[] = [];
  for (let i = 0; i < 3; i++) {
    await pace.failed("busy", { startedAt: clock.monotonic() });
    waits.push(await waited(stand));
  }
  assert.deepEqual(waits, [500, 1000, 2000]);
  const said = [["busy", 500], ["busy", 1000], ["busy", 2000]];
  assert.deepEqual(stand.announced, said);
  pace.succeeded();
  assert.equal(stand.resumed(), 1);
  await pace.failed("busy again", { startedAt: clock.monotonic() });
  assert.equal(await waited(stand), 500);
  assert.deepEqual(stand.announced, [...said, ["busy again", 500]]);
});

Deno.test("Pace says that it waits also when nobody asks until it is over", async () => {
  const { pace, clock, announced } = scene();
  await pace.failed("busy", { startedAt: 0 });
  clock.advance(60_000);
  assert.equal(await pace.ready(), true);
  assert.deepEqual(announced, [["busy", 500]]);
});

Deno.test("Pace counts the failures of requests that were under way together as one", async () => {
  const stand = scene();
  const { pace, clock } = stand;
  const startedAt = clock.monotonic();
  for (let i = 0; i < 4; i++) {
    clock.advance(10);
    await pace.failed("busy", { startedAt });
  }
  // From the first of the four.
  assert.equal(await waited(stand), 500 - 30);
});

Deno.test("Pace waits as long as it is asked to, and no less than a failure costs", async () => {
  const stand = scene();
  const { pace, clock } = stand;
  await pace.failed("busy", { startedAt: clock.monotonic(), wait: 7000 });
  assert.equal(await waited(stand), 7000);
  await pace.failed("busy", { startedAt: clock.monotonic(), wait: 0 });
  assert.equal(await waited(stand), 1000);
});

Deno.test("Pace gives up when failures have followed one another for too long", async () => {
  const stand = scene({ retryMilliseconds: 10_000 });
  const { pace, clock } = stand;
  const times: number[] = [];
  while (await pace.ready()) {
    times.push(clock.monotonic());
    await pace.failed("busy", { startedAt: clock.monotonic() });
  }
  assert.deepEqual(times, [0, 500, 1500, 3500, 7500]);
  assert.equal(pace.givenUp, "busy");
  assert.equal(await pace.ready(), false);
});

Deno.test("Pace gives up at once when it is asked to wait for longer than it may, and says once until when", async () => {
  const { pace, clock, notices } = scene({ retryMilliseconds: 10_000 });
  await pace.failed("HTTP 503", { startedAt: 0, wait: 10_001 });
  assert.equal(await pace.ready(), false);
  assert.equal(clock.monotonic(), 0);
  const nextTryAt = new Date(clock.now().getTime() + 10_001);
  const notice = { cause: "HTTP 503", nextTryAt, isAsked: true };
  assert.deepEqual(notices, [notice]);
  assert.equal(pace.givenUp, "HTTP 503");
  assert.equal(
    pace.reason,
    "StandCloud asked with HTTP 503 for a pause until 2026-03-01T12:00:10Z",
  );
});

Deno.test("Pace that gives up after failures of its own promises no next try", async () => {
  const { pace, notices } = scene({ retryMilliseconds: 0 });
  await pace.failed("busy", { startedAt: 0 });
  assert.equal(await pace.ready(), false);
  assert.deepEqual([pace.givenUp, pace.reason, notices], ["busy", "busy", []]);
});

Deno.test("Pace does not take the pause of an earlier process for an answer that it has got", async () => {
  const { pace, clock, pauses, notices } = scene({ retryMilliseconds: 0 });
  const until = new Date(clock.now().getTime() + 60_000);
  const cause = "StandCloud answers with HTTP 429";
  pauses.ask("demo.standcloud.io", { until, cause });
  assert.equal(await pace.ready(), false);
  assert.deepEqual(notices, [{
    cause: "StandCloud asked with HTTP 429 for a pause",
    nextTryAt: until,
    isAsked: true,
  }]);
});

Deno.test("Pace goes on soon after another process has ended the pause that StandCloud asked for", async () => {
  const stand = scene({ retryMilliseconds: Infinity });
  const { pace, clock } = stand;
  await pace.failed("busy", { startedAt: 0, wait: 3_600_000 });
  const { sleep } = clock;
  clock.sleep = async (milliseconds) => {
    await sleep(milliseconds);
    if (clock.monotonic() >= 60_000) stand.pauses.end();
  };
  assert.equal(await waited(stand), 60_000);
});

Deno.test("Pace that may retry for 0 seconds gives up after the first failure", async () => {
  const { pace } = scene({ retryMilliseconds: 0 });
  assert.equal(await pace.ready(), true);
  await pace.failed("busy", { startedAt: 0 });
  assert.equal(await pace.ready(), false);
});

Deno.test("Pace for ever never gives up", async () => {
  const stand = scene({ retryMilliseconds: Infinity });
  for (let i = 0; i < 1000; i++) {
    await stand.pace.failed("busy", { startedAt: stand.clock.monotonic() });
    assert.equal(await stand.pace.ready(), true);
  }
});

Deno.test("Pace holds a second process back for as long as the first was asked to wait", async () => {
  const first = scene();
  const second = scene(
    { pauses: first.pauses },
    first.clock,
  );
  await first.pace.failed("busy", { startedAt: 0, wait: 5000 });
  assert.equal(second.pace.isPaused, true);
  assert.equal(await waited(second), 5000);
  // An ordinary failure is nobody else's business.
  await first.pace.failed("cut off", { startedAt: first.clock.monotonic() });
  assert.equal(await waited(second), 0);
});

Deno.test("Pace stops waiting when the upload ends", async () => {
  const stop = new AbortController();
  const { pace } = scene({ signal: stop.signal });
  await pace.failed("busy", { startedAt: 0, wait: 5000 });
  stop.abort();
  assert.equal(await pace.ready(), false);
  assert.equal(pace.givenUp, undefined);
});

Deno.test("backoff() doubles its bound up to 30 seconds and takes any part of it", () => {
  const bounds = [1, 2, 3, 4, 5, 6, 7, 8, 1000].map((failures) =>
    backoff(failures, 1)
  );
  assert.deepEqual(bounds, [
    500,
    1000,
    2000,
    4000,
    8000,
    16_000,
    30_000,
    30_000,
    30_000,
  ]);
  assert.equal(backoff(3, 0), 0);
  assert.equal(backoff(3, 0.5), 1000);
});
