import assert from "node:assert/strict";
import { startBinary } from "../support/run_binary.ts";
import { setStage } from "../support/stage.ts";

/** A proxy that knows CONNECT (RFC 9110 section 9.3.6) and nothing else. */
interface Proxy extends AsyncDisposable {
  readonly url: string;
  readonly targets: string[];
}

function startProxy(): Proxy {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const targets: string[] = [];
  const tunnels = (async () => {
    const open: Promise<void>[] = [];
    for await (const client of listener) open.push(tunnel(client, targets));
    await Promise.all(open);
  })();
  return {
    url: `http://127.0.0.1:${(listener.addr as Deno.NetAddr).port}`,
    targets,
    async [Symbol.asyncDispose]() {
      listener.close();
      await tunnels;
    },
  };
}

async function tunnel(client: Deno.Conn, targets: string[]): Promise<void> {
  const head = new Uint8Array(4096);
  const length = await client.read(head) ?? 0;
  const line = new TextDecoder().decode(head.subarray(0, length));
  const [, hostname = "", port = ""] = /^CONNECT ([^:]+):(\d+)/.exec(line) ??
    [];
  targets.push(`${hostname}:${port}`);
  const server = await Deno.connect({ hostname, port: Number(port) });
  await client.write(new TextEncoder().encode("HTTP/1.1 200 OK\r\n\r\n"));
  await Promise.allSettled([
    client.readable.pipeTo(server.writable),
    server.readable.pipeTo(client.writable),
  ]);
}

Deno.test("HTTPS_PROXY carries every request of the compiled program", async () => {
  await using stage = await setStage({
    start: startBinary,
    apiKeys: ["key-for-the-proxy"],
  });
  await using proxy = startProxy();
  const env = {
    HTTPS_PROXY: proxy.url,
    STANDCLOUD_API_KEY: "key-for-the-proxy",
  };
  const { code, stdout } = await stage.run(["sc-login", "--check"], { env });
  assert.equal(stdout, "StandCloud connection success\n");
  assert.equal(code, 0);
  assert.deepEqual(proxy.targets, [stage.sandbox.address]);
});

Deno.test("NO_PROXY keeps the compiled program away from the proxy", async () => {
  await using stage = await setStage({
    start: startBinary,
    apiKeys: ["key-for-the-proxy"],
  });
  const env = {
    HTTPS_PROXY: "http://127.0.0.1:9",
    NO_PROXY: "127.0.0.1",
    STANDCLOUD_API_KEY: "key-for-the-proxy",
  };
  const { code } = await stage.run(["sc-login", "--check"], { env });
  assert.equal(code, 0);
});

Deno.test("a proxy that is away is exit code 4 with a hint", async () => {
  await using stage = await setStage({ start: startBinary });
  const env = {
    HTTPS_PROXY: "http://127.0.0.1:9",
    STANDCLOUD_API_KEY: "key-for-the-proxy",
  };
  const { code, stderr } = await stage.run(["sc-login", "--check"], { env });
  assert.equal(code, 4);
  assert.match(stderr, /hint: check the network, and the proxy in HTTPS_PROXY/);
});
