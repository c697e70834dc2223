import assert from "node:assert/strict";
import { AppError, messageOf } from "../../src/system/app_error.ts";
import { systemClock } from "../../src/system/clock.ts";
import { Secret } from "../../src/system/secret.ts";
import { readLimited } from "../../src/system/terminal.ts";

const secret = new Secret("canary");

const printed: [how: string, text: string][] = [
  ["a template", `${secret}`],
  ["String()", String(secret)],
  ["+", "" + secret],
  ["JSON", JSON.stringify({ secret, list: [secret] })],
  ["Deno.inspect", Deno.inspect({ secret }, { depth: 9, showHidden: true })],
  ["Deno.inspect of an error", Deno.inspect(new Error("x", { cause: secret }))],
  ["Object.entries", JSON.stringify(Object.entries(secret))],
  ["an error's message", messageOf(secret)],
];

for (const [how, text] of printed) {
  Deno.test(`Secret does not show its text in ${how}`, () => {
    assert.ok(!text.includes("canary"), text);
  });
}

Deno.test("Secret shows [redacted], and its text only when asked to", () => {
  assert.equal(`${secret}`, "[redacted]");
  assert.equal(JSON.stringify([secret]), '["[redacted]"]');
  assert.equal(Deno.inspect(secret), "[redacted]");
  assert.equal(secret.reveal(), "canary");
});

Deno.test("AppError gives each code its exit code", () => {
  assert.equal(new AppError("internal", "x").exitCode, 1);
  assert.equal(new AppError("usage", "x").exitCode, 2);
  assert.equal(new AppError("login_ended", "x").exitCode, 3);
  assert.equal(new AppError("not_standcloud", "x").exitCode, 4);
  assert.equal(new AppError("interrupted", "x").exitCode, 130);
  assert.equal(new AppError("terminated", "x").exitCode, 143);
});

Deno.test("systemClock.sleep() lasts as long as asked", async () => {
  const start = systemClock.monotonic();
  await systemClock.sleep(30);
  assert.ok(systemClock.monotonic() - start >= 29);
});

Deno.test("systemClock.sleep() ends early, without an error, when it is aborted", async () => {
  const abort = new AbortController();
  const start = systemClock.monotonic();
  const asleep = systemClock.sleep(60_000, abort.signal);
  abort.abort();
  await asleep;
  await systemClock.sleep(60_000, abort.signal);
  assert.ok(systemClock.monotonic() - start < 1000);
});

Deno.test("readLimited() reads up to the limit and one chunk more, then cancels", async () => {
  let cancelled = false;
  const stream = () =>
    new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(10)),
      cancel: () => void (cancelled = true),
    });
  assert.equal((await readLimited(stream(), 25)).length, 30);
  assert.equal(cancelled, true);
  const short = new Blob(["abc"]).stream();
  assert.deepEqual([...await readLimited(short, 3)], [97, 98, 99]);
});
