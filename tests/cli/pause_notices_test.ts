import assert from "node:assert/strict";
import { Output, PLAIN } from "../../src/cli/output.ts";
import { PauseNotices } from "../../src/cli/pause_notices.ts";
import { timesOf } from "../../src/cli/times.ts";
import type { PauseNotice } from "../../src/upload/traffic/pace.ts";
import { steppedClock } from "../login/stepped_clock.ts";
import { NOON } from "../system/fake_clock.ts";
import { fakeTerminal } from "../system/fake_terminal.ts";

const MINUTE = 60_000;

/** Notices that are repeated after a minute; three reports wait. */
function scene({ json }: { json: boolean }) {
  const clock = steppedClock();
  const terminal = fakeTerminal();
  const shown: (string | undefined)[] = [];
  const notices = new PauseNotices({
    clock,
    output: new Output(terminal, { ...PLAIN, json }),
    times: timesOf({ clock, terminal }),
    live: {
      isShown: true,
      add: () => {},
      pause: (text) => shown.push(text),
      [Symbol.dispose]: () => {},
    },
    repeatAfter: MINUTE,
    waiting: () => 3,
  });
  return { clock, terminal, notices, shown };
}

function pauseOf(cause: string, seconds: number): PauseNotice {
  const nextTryAt = new Date(NOON.getTime() + seconds * 1000);
  return { cause, nextTryAt, isAsked: false };
}

function eventsIn(text: string): unknown[] {
  return text.split("\n").filter(Boolean).map((line) => JSON.parse(line));
}

Deno.test("PauseNotices says a pause once, again when its cause changes, and each minute with the time of the next try", async () => {
  const { clock, terminal, notices } = scene({ json: true });
  using _notices = notices;
  notices.pause(pauseOf("busy", 1));
  notices.pause(pauseOf("busy", 20));
  notices.pause(pauseOf("away", 30));
  notices.pause(pauseOf("away", 90));
  await clock.asleep(2);
  clock.step(MINUTE);
  await clock.asleep(1);
  const said = [["busy", "00:01"], ["away", "00:30"], ["away", "01:30"]];
  assert.deepEqual(
    eventsIn(terminal.stdout()),
    said.map(([cause, time]) => ({
      event: "paused",
      cause,
      next_try_at: `2026-03-01T12:${time}.000Z`,
      waiting: 3,
    })),
  );
});

Deno.test("PauseNotices says how long the pause was when the upload goes on, and nothing afterwards", async () => {
  const { clock, terminal, notices, shown } = scene({ json: true });
  notices.resume();
  notices.pause(pauseOf("busy", 1));
  clock.step(1500);
  notices.pause(pauseOf("away", 2));
  clock.step(500);
  notices.resume();
  clock.step(MINUTE);
  await Promise.resolve();
  const events = eventsIn(terminal.stdout());
  assert.deepEqual(events.at(-1), { event: "resumed", seconds: 2 });
  assert.equal(events.length, 3);
  assert.equal(shown.at(-1), undefined);
});

Deno.test("PauseNotices says nothing more when the upload has ended", async () => {
  const { clock, terminal, notices } = scene({ json: true });
  notices.pause(pauseOf("busy", 1));
  notices[Symbol.dispose]();
  clock.step(MINUTE);
  await Promise.resolve();
  assert.equal(eventsIn(terminal.stdout()).length, 1);
});

Deno.test("PauseNotices writes lines for a log: when, until when, how many wait, why, and what ends the pause", () => {
  const { clock, terminal, notices } = scene({ json: false });
  notices.pause(pauseOf("StandCloud answers with HTTP 503", 9));
  const asked = pauseOf("StandCloud asked with HTTP 503 for a pause", 3600);
  notices.pause({ ...asked, isAsked: true });
  clock.step(2500);
  notices.resume();
  assert.equal(
    terminal.stderr(),
    `2026-03-01T12:00:00Z paused until a try succeeds (next at 2026-03-01T12:00:09Z), 3 waiting: StandCloud answers with HTTP 503
2026-03-01T12:00:00Z paused until 2026-03-01T13:00:00Z (--retry-now ends it), 3 waiting: StandCloud asked with HTTP 503 for a pause
2026-03-01T12:00:02Z resumed: StandCloud answers again after 2.5 s
`,
  );
  assert.equal(terminal.stdout(), "");
});

Deno.test("PauseNotices lets no cause steer the terminal or bury the other lines", () => {
  const { terminal, notices } = scene({ json: false });
  using _notices = notices;
  notices.pause(pauseOf(`\x1b]0;x\x07\r${"y".repeat(5_000_000)}`, 1));
  assert.ok(terminal.stderr().length < 4096);
  // deno-lint-ignore no-control-regex -- control characters are what this is about
  assert.doesNotMatch(terminal.stderr(), /[\x00-\x09\x0b-\x1f]/);
});
