import assert from "node:assert/strict";
import { StatusLine } from "../../src/cli/status_line.ts";
import { timesOf } from "../../src/cli/times.ts";
import { WatchLine } from "../../src/cli/watch_line.ts";
import { blankReport, type Outcome } from "../../src/upload/report/report.ts";
import { steppedClock } from "../login/stepped_clock.ts";
import { fakeTerminal } from "../system/fake_terminal.ts";

const BLANK = blankReport({
  source: "a.json",
  file: "a.json",
  issues: [],
  isReadable: true,
});

function scene({ stderrIsTerminal = true } = {}) {
  const clock = steppedClock();
  const terminal = { ...fakeTerminal(), stderrIsTerminal };
  let waiting = 0;
  const line = new WatchLine(new StatusLine(terminal, { isShown: true }), {
    clock,
    // Without a zone, so that the test is the same everywhere.
    times: timesOf({ clock, terminal: fakeTerminal() }),
    folders: ["reports", "more"],
    waiting: () => waiting,
  });
  return {
    clock,
    line,
    terminal,
    wait: (count: number) => void (waiting = count),
    add: (outcome: Outcome) => line.add({ ...BLANK, outcome }),
    last: () => terminal.stderr().split("\r\x1b[K").at(-1),
  };
}

Deno.test("WatchLine shows what is watched, and within a second what came of it", async () => {
  const { clock, line, add, wait, last } = scene();
  using _line = line;
  assert.equal(
    last(),
    "watching reports, more: 0 uploaded, 0 waiting, 0 held",
  );
  add("uploaded");
  add("uploaded");
  add("invalid");
  add("rejected");
  wait(5);
  await clock.asleep(1);
  clock.step(1000);
  await clock.asleep(1);
  assert.equal(
    last(),
    "watching reports, more: 2 uploaded, 5 waiting, 1 held, 1 refused, last upload 2026-03-01T12:00:00Z",
  );
});

Deno.test("WatchLine shows a pause as long as it lasts, and leaves nothing behind", async () => {
  const { clock, line, last } = scene();
  line.pause("paused until noon");
  await clock.asleep(1);
  clock.step(1000);
  await clock.asleep(1);
  assert.equal(last(), "paused until noon");
  line.pause(undefined);
  assert.match(last() ?? "", /^watching /);
  line[Symbol.dispose]();
  assert.equal(last(), "");
});

Deno.test("WatchLine writes nothing where stderr is no terminal", () => {
  const { line, terminal } = scene({ stderrIsTerminal: false });
  line.pause("paused until noon");
  line[Symbol.dispose]();
  assert.equal(terminal.stderr(), "");
});
