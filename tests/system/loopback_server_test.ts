import assert from "node:assert/strict";
import { serveOnLoopback } from "../../src/system/loopback_server.ts";
import { appError } from "./errors.ts";

const hello = () => new Response("hello");

/** The addresses that listen on a TCP port, as the kernel writes them. */
async function listeningOn(port: number): Promise<string[]> {
  const { stdout } = await new Deno.Command("cat", {
    args: ["/proc/net/tcp", "/proc/net/tcp6"],
    stderr: "null",
  }).output();
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  return new TextDecoder().decode(stdout).split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, , state]) => local?.endsWith(suffix) && state === "0A")
    .map(([, local = ""]) => local.slice(0, -suffix.length));
}

Deno.test("serveOnLoopback() answers on 127.0.0.1 until it is disposed", async () => {
  let url = "";
  {
    await using server = serveOnLoopback(hello);
    url = `http://127.0.0.1:${server.port}/`;
    assert.equal(await (await fetch(url)).text(), "hello");
  }
  await assert.rejects(fetch(url), /refused/i);
});

Deno.test({
  name: "serveOnLoopback() listens on 127.0.0.1 and on nothing else",
  ignore: Deno.build.os !== "linux",
  async fn() {
    await using server = serveOnLoopback(hello);
    assert.deepEqual(await listeningOn(server.port), ["0100007F"]);
  },
});

Deno.test("serveOnLoopback() takes the first port that is free", async () => {
  await using first = serveOnLoopback(hello);
  await using second = serveOnLoopback(hello, [first.port, 0]);
  assert.notEqual(second.port, first.port);
  assert.throws(
    () => serveOnLoopback(hello, [first.port, second.port]),
    appError(
      "port_taken",
      new RegExp(`Port ${first.port}, ${second.port} on 127.0.0.1 is taken`),
    ),
  );
});

Deno.test("serveOnLoopback() answers 500, with no details, when the handler throws", async () => {
  await using server = serveOnLoopback(() => {
    throw new Error("secret");
  });
  const answer = await fetch(`http://127.0.0.1:${server.port}/`);
  assert.equal(answer.status, 500);
  assert.equal(await answer.text(), "");
});

Deno.test("serveOnLoopback() closes within a second although a client hangs", async () => {
  const server = serveOnLoopback(hello);
  using idle = await Deno.connect({ hostname: "127.0.0.1", port: server.port });
  using slow = await Deno.connect({ hostname: "127.0.0.1", port: server.port });
  await slow.write(new TextEncoder().encode("GET / HTTP/1.1\r\nHost: a\r\n"));
  const start = performance.now();
  await server[Symbol.asyncDispose]();
  assert.ok(performance.now() - start < 1000);
  assert.equal(await idle.read(new Uint8Array(1)).catch(() => null), null);
});

Deno.test("serveOnLoopback() closes within a second although its handler hangs", async () => {
  const never = Promise.withResolvers<Response>();
  const started = Promise.withResolvers<void>();
  const server = serveOnLoopback(() => {
    started.resolve();
    return never.promise;
  });
  const asked = fetch(`http://127.0.0.1:${server.port}/`).catch(() => null);
  await started.promise;
  const start = performance.now();
  await server[Symbol.asyncDispose]();
  assert.ok(performance.now() - start < 1000);
  never.resolve(new Response());
  assert.equal(await asked, null);
});
