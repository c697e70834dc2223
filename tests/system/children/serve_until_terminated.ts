import { serveOnLoopback } from "../../../src/system/loopback_server.ts";
import { say } from "./say.ts";

const { promise: terminated, resolve } = Promise.withResolvers<void>();
Deno.addSignalListener("SIGTERM", resolve);
{
  await using server = serveOnLoopback(() => new Response("hello"));
  say(String(server.port));
  await terminated;
}
say("closed");
Deno.exit(0);
