import assert from "node:assert/strict";
import { environmentProxies } from "../../src/system/proxies.ts";
import { appError } from "./errors.ts";
import { fakeEnvironment, type Variables } from "./fake_system.ts";

const SERVICE = new URL("https://demo.standcloud.io/");

function proxyOf(variables: Variables, url = SERVICE) {
  return environmentProxies(fakeEnvironment(variables)).routeOf(url);
}

for (
  const value of [
    "http://proxy:3128",
    "proxy:3128",
    "HTTP://user:p%40ss@proxy:3128/",
    "socks5h://[::1]:1080",
  ]
) {
  Deno.test(`environmentProxies() takes ${value} as it stands`, async () => {
    const { proxy } = await proxyOf({ "HTTPS_PROXY": value });
    assert.ok(proxy instanceof URL);
  });
}

for (
  const value of [
    "http://proxy:3128 ",
    "http://proxy:3128\r",
    "\thttp://proxy:3128",
    '"http://proxy:3128"',
    "http://DOM\\user:pw-canary@proxy:3128",
    "http:/proxy:3128",
    "ftp://proxy:3128",
    "http://us er:pw-canary@proxy:3128",
  ]
) {
  Deno.test(`environmentProxies() refuses ${JSON.stringify(value)}, which the runtime would change or ignore (duty 48)`, async () => {
    await assert.rejects(
      proxyOf({ "HTTPS_PROXY": value }),
      appError("config_invalid", /^HTTPS_PROXY is not the URL of a proxy$/),
    );
  });
}

Deno.test("environmentProxies() sends http:// to loopback past every proxy (duty 47)", async () => {
  for (const name of ["HTTP_PROXY", "http_proxy", "ALL_PROXY"]) {
    for (const host of ["127.0.0.1", "127.0.0.2", "localhost", "[::1]"]) {
      const url = new URL(`http://${host}:8080/`);
      const route = await proxyOf({ [name]: "http://proxy:3128" }, url);
      assert.deepEqual(route, {});
    }
  }
});
