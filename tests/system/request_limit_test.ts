import assert from "node:assert/strict";
import { RequestLimit } from "../../src/system/request_limit.ts";

Deno.test("RequestLimit ends a request when its time is over", async () => {
  const limit = new RequestLimit(5);
  using _limit = limit;
  await new Promise((resolve) =>
    limit.signal.addEventListener("abort", resolve)
  );
  assert.equal(limit.signal.reason.name, "TimeoutError");
});

Deno.test("RequestLimit ends a request that was called off, before or after it began", () => {
  for (const isBefore of [true, false]) {
    const caller = new AbortController();
    const reason = new Error("called off");
    if (isBefore) caller.abort(reason);
    const limit = new RequestLimit(60_000, caller.signal);
    using _limit = limit;
    caller.abort(reason);
    assert.equal(limit.signal.reason, reason);
  }
});

Deno.test("RequestLimit lets go of the time and the caller when the request is done", () => {
  const caller = new AbortController();
  const limit = new RequestLimit(60_000, caller.signal);
  limit[Symbol.dispose]();
  caller.abort();
  // A timer that is left would also be a leak that the test runner reports.
  assert.equal(limit.signal.aborted, false);
});

Deno.test("RequestLimit counts no time while it is paused", () => {
  const limit = new RequestLimit(0);
  using _limit = limit;
  limit.pause();
  limit.prolong(60_000);
  limit.resume();
  limit.pause();
  // A timer that was left would be a leak that the test runner reports.
  assert.equal(limit.signal.aborted, false);
});
