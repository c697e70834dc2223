import assert from "node:assert/strict";
import { startChild } from "./child.ts";

const signals: [signal: Deno.Signal, code: string, exitCode: string][] = [
  ["SIGINT", "interrupted", "130"],
  ["SIGTERM", "terminated", "143"],
  ["SIGHUP", "hung_up", "129"],
];

for (const [signal, code, exitCode] of signals) {
  Deno.test(`interruptSignal() is aborted by ${signal}; a second one ends the process`, async () => {
    await using child = startChild("wait_for_signal.ts");
    assert.equal(await child.line(), "ready");
    child.kill(signal);
    assert.equal(await child.line(), code);
    assert.equal(await child.line(), exitCode);
    child.kill(signal);
    assert.equal((await child.status).signal, signal);
  });
}
