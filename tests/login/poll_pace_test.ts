import assert from "node:assert/strict";
import { PollPace } from "../../src/login/poll_pace.ts";

Deno.test("PollPace keeps the server's interval", () => {
  const pace = new PollPace(7);
  pace.answered();
  assert.equal(pace.milliseconds, 7000);
});

Deno.test("PollPace is slower for good after slow_down, also by a clock that runs fast", () => {
  const pace = new PollPace(5);
  pace.slowDown();
  // Ten seconds of the server's, when our clock runs 30 % fast.
  assert.ok(pace.milliseconds * 0.7 >= 10_000);
  pace.answered();
  assert.equal(pace.milliseconds, 15_000);
  pace.slowDown();
  assert.equal(pace.milliseconds, 22_500);
});

Deno.test("PollPace doubles the pause with each failure in a row, up to a minute", () => {
  const pace = new PollPace(5);
  const pauses = Array.from({ length: 6 }, () => {
    pace.failed();
    return pace.milliseconds / 1000;
  });
  assert.deepEqual(pauses, [10, 20, 40, 60, 60, 60]);
  pace.answered();
  assert.equal(pace.milliseconds, 5000);
});

Deno.test("PollPace never asks sooner than a server wants that wants long pauses", () => {
  const pace = new PollPace(100);
  pace.failed();
  assert.equal(pace.milliseconds, 100_000);
});
