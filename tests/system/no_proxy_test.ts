import assert from "node:assert/strict";
import { isExcepted } from "../../src/system/no_proxy.ts";

const cases: [url: string, excepted: string[], proxied: string[]][] = [
  [
    "https://a.example.test:8443/x",
    [
      "a.example.test",
      "A.Example.TEST",
      "example.test",
      ".example.test",
      "*.example.test",
      "a.example.test:8443",
      "example.test:8443",
      " b.test , example.test ",
      "b.test example.test",
      "example.test.",
      "*",
    ],
    [
      "",
      ",",
      ".",
      "xample.test",
      "a.example.test:443",
      "b.example.test",
      "a.example",
      "10.0.0.0/8",
    ],
  ],
  ["https://a.test/", ["a.test:443"], ["a.test:80", "a.test:8443"]],
  ["http://127.0.0.1/", ["127.0.0.1:80"], ["127.0.0.1:443"]],
  [
    "https://10.1.2.3:8443/",
    ["10.1.2.3", "10.1.2.3:8443", "10.0.0.0/8", "10.1.2.0/24", "10.1.2.3/32"],
    ["10.1.2.4", "10.1.3.0/24", "10.1.2.3:443", "10.1.2.0/99", "::/0", "1.2.3"],
  ],
  [
    "https://[2001:db8::1]:8443/",
    [
      "2001:db8::1",
      "[2001:db8::1]",
      "[2001:DB8:0::1]:8443",
      "2001:db8::/32",
    ],
    ["2001:db8::2", "[2001:db8::1]:443", "2001:db9::/32", "0.0.0.0/0"],
  ],
];

for (const [url, excepted, proxied] of cases) {
  Deno.test(`isExcepted() reads NO_PROXY for ${url}`, () => {
    const read = (list: string[]) =>
      list.filter((entry) => isExcepted(new URL(url), entry));
    assert.deepEqual(read(excepted), excepted);
    assert.deepEqual(read(proxied), []);
  });
}
