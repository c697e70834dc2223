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
