import assert from "node:assert/strict";
import { timesOf } from "../../src/cli/times.ts";
import { fakeClock } from "../system/fake_clock.ts";
import { fakeTerminal } from "../system/fake_terminal.ts";

/** A time of the zone that this computer is in. */
function local(day: number, second = 7): Date {
  return new Date(2026, 1, day, 9, 5, second);
}

Deno.test("timesOf() gives local times on a terminal, with the day where that is not today", () => {
  const clock = fakeClock(local(3));
  const terminal = { ...fakeTerminal(), stderrIsTerminal: true };
  const times = timesOf({ clock, terminal });
  assert.deepEqual(
    [times.now(), times.of(local(3, 59)), times.of(local(4))],
    ["2026-02-03 09:05:07", "09:05:59", "2026-02-04 09:05:07"],
  );
});

Deno.test("timesOf() gives RFC 3339 where stderr is a log", () => {
  const times = timesOf({ clock: fakeClock(), terminal: fakeTerminal() });
  const time = "2026-03-01T12:00:00Z";
  assert.deepEqual([times.now(), times.of(fakeClock().now())], [time, time]);
});

Deno.test("timesOf() looks at the stream that is meant, has the day always for a column, and finds the times of a text", () => {
  const clock = fakeClock(local(3));
  const terminal = { ...fakeTerminal(), stdoutIsTerminal: true };
  const times = timesOf({ clock, terminal }, "stdout");
  const utc = (date: Date) => `${date.toISOString().slice(0, 19)}Z`;
  assert.equal(times.full(local(3)), "2026-02-03 09:05:07");
  assert.equal(
    times.inText(
      `refused ${utc(local(4))}: x ${utc(local(3))}, 2026-99-99T00:00:00Z`,
    ),
    "refused 2026-02-04 09:05:07: x 09:05:07, 2026-99-99T00:00:00Z",
  );
  const log = timesOf({ clock, terminal });
  assert.equal(log.full(local(4)), utc(local(4)));
  assert.equal(log.inText(utc(local(4))), utc(local(4)));
});
