import assert from "node:assert/strict";
import type { HealthFacts } from "../../../src/inspect/health/health.ts";
import {
  healthEvent,
  healthLine,
} from "../../../src/inspect/health/health_text.ts";
import { NOON } from "../../system/fake_clock.ts";
import { healthOf, runs, secondsAgo } from "./healths.ts";

const WAITING = {
  counts: runs({ waiting: 2, sending: 1 }),
  oldestWaitingAt: secondsAgo(7200),
};

/** What a stand is like, how long a run may wait, and what is said of it. */
const STANDS: Record<
  string,
  [Partial<HealthFacts>, number | undefined, string, number]
> = {
  "is logged in and has nothing to send": [{}, undefined, "ok", 0],
  "can renew its login": [{ login: "refreshable" }, undefined, "ok", 0],
  "uses an API key": [{ login: "api_key" }, undefined, "ok", 0],
  "is not logged in": [{ login: "none" }, undefined, "login_required", 3],
  "has a login that ended": [{ login: "ended" }, 60, "login_required", 3],
  "has a login that nothing renews": [
    { login: "expired" },
    undefined,
    "login_required",
    3,
  ],
  "has a login that cannot be read": [
    { login: "unreadable" },
    undefined,
    "login_required",
    3,
  ],
  "holds a run": [
    { ...WAITING, counts: runs({ held: 1, waiting: 1 }) },
    undefined,
    "attention",
    5,
  ],
  "has a refused run": [
    { counts: runs({ rejected: 1 }) },
    undefined,
    "attention",
    5,
  ],
  "holds a run and is not logged in": [
    { counts: runs({ held: 1 }), login: "none" },
    undefined,
    "login_required",
    3,
  ],
  "had a run that was mended": [
    { counts: runs({ superseded: 1, uploaded: 1 }) },
    undefined,
    "ok",
    0,
  ],
  "has a run that waits": [WAITING, undefined, "waiting", 6],
  "has a run that is being sent": [
    { counts: runs({ sending: 1 }), oldestWaitingAt: NOON },
    undefined,
    "waiting",
    6,
  ],
  "has a run that waits for less than it may": [WAITING, 7200, "ok", 0],
  "has a run that waits for longer than it may": [WAITING, 7199, "waiting", 6],
  "uploaded nothing for long, and has nothing to send": [
    { lastUploadedAt: secondsAgo(1e6) },
    60,
    "ok",
    0,
  ],
};

for (const [name, [facts, maxAge, state, exitCode]] of Object.entries(STANDS)) {
  const limit = maxAge === undefined ? "" : ` (at most ${maxAge} s)`;
  Deno.test(`judgeHealth() of a stand that ${name}${limit} says ${state}`, () => {
    const health = healthOf(facts, maxAge);
    assert.deepEqual([health.state, health.exitCode], [state, exitCode]);
  });
}

Deno.test("healthEvent() has the fields of the contract", () => {
  const health = healthOf({
    ...WAITING,
    counts: runs({ waiting: 2, sending: 1, held: 4, rejected: 5 }),
    lastUploadedAt: secondsAgo(60),
  });
  assert.deepEqual(healthEvent(health, "1.2.3"), {
    event: "health",
    state: "attention",
    address: "demo.standcloud.io",
    login: "valid",
    waiting: 3,
    "oldest_waiting_at": "2026-03-01T10:00:00.000Z",
    held: 4,
    rejected: 5,
    "last_uploaded_at": "2026-03-01T11:59:00.000Z",
    version: "1.2.3",
    "exit_code": 5,
  });
});

/** Facts of a stand, and the line about it. */
const LINES: readonly [Partial<HealthFacts>, string][] = [
  [
    { lastUploadedAt: secondsAgo(90) },
    "ok: logged in (demo.standcloud.io), nothing waits, last upload 1 minute ago, standcloud 1.2.3",
  ],
  [
    { login: "none", address: null },
    "login required: not logged in, nothing waits, nothing was uploaded yet, standcloud 1.2.3",
  ],
  [
    { counts: runs({ waiting: 1 }), oldestWaitingAt: secondsAgo(3) },
    "waiting: logged in (demo.standcloud.io), 1 run waits for 3 seconds, nothing was uploaded yet, standcloud 1.2.3",
  ],
  [
    { ...WAITING, counts: runs({ waiting: 3, held: 1, rejected: 2 }) },
    "attention: logged in (demo.standcloud.io), 3 runs wait, the oldest for 2 hours, 1 held by a rule (standcloud history --held), 2 refused (standcloud history --rejected), nothing was uploaded yet, standcloud 1.2.3",
  ],
];

for (const [facts, line] of LINES) {
  Deno.test(`healthLine() says "${line.slice(0, 60)}…"`, () => {
    const health = healthOf(facts);
    assert.equal(healthLine(health, { now: NOON, version: "1.2.3" }), line);
  });
}
