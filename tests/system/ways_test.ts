import assert from "node:assert/strict";
import { openHttpClient } from "../../src/system/http_client.ts";
import { environmentProxies } from "../../src/system/proxies.ts";
import { fakeEnvironment, type Variables } from "./fake_system.ts";

/** A listener that writes down what a proxy is told first, and hangs up. */
function startEar(hostname: string) {
  const listener = Deno.listen({ hostname, port: 0 });
  const heard: string[] = [];
  const done = (async () => {
    for await (const connection of listener) {
      using _closed = connection;
      const bytes = new Uint8Array(4096);
      const count = await connection.read(bytes) ?? 0;
      heard.push(new TextDecoder().decode(bytes.subarray(0, count)));
    }
  })();
  return {
    port: listener.addr.port,
    heard,
    async [Symbol.asyncDispose]() {
      listener.close();
      await done;
    },
  };
}

async function ask(variables: Variables): Promise<void> {
  const proxies = environmentProxies(fakeEnvironment(variables));
  using http = openHttpClient({ proxies });
  await assert.rejects(
    http.send("https://service.invalid/", { timeoutMilliseconds: 3000 }),
  );
}

for (
  const [value, user] of [
    ["http://127.0.0.1:PORT", undefined],
    ["127.0.0.1:PORT", undefined],
    ["http://user@127.0.0.1:PORT", "user:"],
    ["http://us%40er:p%3A%2Fw@127.0.0.1:PORT", "us@er:p:/w"],
    ["user:p+w=!$&@127.0.0.1:PORT", "user:p+w=!$&"],
  ] as const
) {
  Deno.test(`a request goes through ${value}, exactly as it is written (duty 48)`, async () => {
    await using ear = startEar("127.0.0.1");
    const written = value.replace("PORT", String(ear.port));
    await ask({ "HTTPS_PROXY": written, "ALL_PROXY": "http://127.0.0.1:9" });
    const [head = ""] = ear.heard;
    assert.match(head, /^CONNECT service\.invalid:443 /);
    const given = /^proxy-authorization: Basic (\S+)/im.exec(head)?.[1];
    assert.equal(given && atob(given), user);
  });
}

for (const host of ["127.0.0.1", "::1"]) {
  Deno.test(`a request goes through a SOCKS proxy at ${host}`, async () => {
    await using ear = startEar(host);
    const name = host.includes(":") ? `[${host}]` : host;
    await ask({ "ALL_PROXY": `socks5h://${name}:${ear.port}` });
    assert.equal(ear.heard[0]?.charCodeAt(0), 5);
  });
}
