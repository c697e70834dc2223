import assert from "node:assert/strict";
import { startChild } from "./child.ts";

for (
  const [method, way, outcome] of [
    ["open", "interrupt", "interrupted"],
    ["open", "timeout", "No answer in time"],
    ["send", "interrupt", "interrupted"],
    ["send", "timeout", "not whole"],
  ] as const
) {
  Deno.test(`${method}() ends a body that stops, by its ${way}, also after garbage was collected (duty 60)`, async () => {
    await using child = startChild("read_beside_garbage.ts", {
      args: [method, way],
      flags: ["--v8-flags=--expose-gc"],
    });
    const timer = setTimeout(() => child.kill("SIGKILL"), 30_000);
    assert.equal(await child.line(), outcome);
    clearTimeout(timer);
  });
}
