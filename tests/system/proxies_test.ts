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
    "http://user@proxy:3128",
    "http://us%40er:p%3A%2Fw@proxy:80",
    "[::1]:3128",
    "https://proxy",
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
    "socks4://proxy:1080",
    "socks4a://proxy:1080",
    "socks://proxy:1080",
    "socks5://user@proxy:1080",
    "http:proxy:3128",
    "http:///proxy:3128",
    "//proxy:3128",
    "http://proxy:3128/path",
    "http://proxy:3128?a",
    "http://proxy:3128#a",
    "http://user:p/w-canary@proxy:3128",
    "http://user:p#w-canary@proxy:3128",
    "http://user:p%zz-canary@proxy:3128",
    "http://user:p%ff-canary@proxy:3128",
    "http://user:p%0a-canary@proxy:3128",
    "http://proxy:0",
    "http://proxy:",
    "http://proxy:03128",
    "http://proxy:99999",
    "http://127.1:3128",
    "http://0x7f000001:3128",
    "proxy:3128,other:3128",
    "http://",
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

Deno.test("environmentProxies() takes HTTPS_PROXY before ALL_PROXY", async () => {
  const { proxy } = await proxyOf({
    "ALL_PROXY": "http://all:1",
    "https_proxy": "http://https:1",
  });
  assert.equal(proxy?.host, "https:1");
});

Deno.test("environmentProxies() refuses two spellings of a variable that differ, and shows neither value (duty 48)", async () => {
  const same = { "HTTPS_PROXY": "http://a:1", "https_proxy": "http://a:1" };
  assert.equal((await proxyOf(same)).proxy?.host, "a:1");
  await assert.rejects(
    proxyOf({ ...same, "https_proxy": "http://user:pw-canary@b:1" }),
    appError("config_invalid", /^HTTPS_PROXY and https_proxy differ$/),
  );
  await assert.rejects(
    proxyOf({ ...same, "NO_PROXY": "a", "no_proxy": "b" }),
    appError("config_invalid", /^NO_PROXY and no_proxy differ$/),
  );
});
