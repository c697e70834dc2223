/**
 * A network that takes its time, before a server on 127.0.0.1: every byte arrives MS milliseconds
 * later, in each direction, however many are on their way.
 * `sh scripts/deno run -A scripts/bench/delaying_proxy.ts --target PORT --delay MS`
 * prints one JSON line with its `port`.
 */
import { parseArgs } from "node:util";
import { fail, say } from "../compile/say.ts";
import { openGate } from "../sandbox/gate.ts";
import { interruption } from "../sandbox/interruption.ts";

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { target: { type: "string" }, delay: { type: "string" } },
  });
  const [target, delayMilliseconds] = [
    Number(values.target),
    Number(values.delay),
  ];
  if (!(target > 0) || !(delayMilliseconds >= 0)) {
    throw new Error("--target PORT and --delay MILLISECONDS are needed");
  }
  await using gate = openGate({ target, delayMilliseconds });
  say(JSON.stringify({ port: gate.port }));
  await interruption();
}

await main().catch(fail);
