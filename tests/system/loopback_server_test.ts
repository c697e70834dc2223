import assert from "node:assert/strict";
import { serveOnLoopback } from "../../src/system/loopback_server.ts";
import { startChild } from "./child.ts";
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

/** Connects until nobody listens any more, or `most` connections are open. */
async function exhaust(port: number, most: number): Promise<Deno.Conn[]> {
  const connections: Deno.Conn[] = [];
  while (connections.length < most) {
    try {
      connections.push(await Deno.connect({ hostname: "127.0.0.1", port }));
      // Those that wait to be accepted hold no file of the server's yet.
      await new Promise((resolve) => setTimeout(resolve, 5));
    } catch {
      break;
    }
  }
  return connections;
}

/** The first answer within some seconds. */
async function answerOf(port: number): Promise<string | undefined> {
  for (let tries = 0; tries < 50; tries++) {
    const text = await fetch(`http://127.0.0.1:${port}/`)
      .then((answer) => answer.text(), () => undefined);
    if (text !== undefined) return text;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return undefined;
}

Deno.test({
  name:
    "serveOnLoopback() answers again after idle connections took all files that it may open",
  ignore: Deno.build.os === "windows",
  async fn() {
    await using child = startChild("serve_until_terminated.ts", {
      openFiles: 128,
    });
    const port = Number(await child.line());
    const idle = await exhaust(port, 800);
    try {
      assert.ok(idle.length < 800, "nothing ran out");
      assert.equal(await answerOf(port), "hello");
      child.kill("SIGTERM");
      assert.equal(await child.line(), "closed");
      assert.equal((await child.status).code, 0);
    } finally {
      for (const connection of idle) connection.close();
    }
  },
});
