import assert from "node:assert/strict";
import fc from "fast-check";
import { AppError } from "../../src/system/app_error.ts";
import {
  type Address,
  addressOfFileName,
  parseAddress,
} from "../../src/standcloud/address.ts";
import { REFUSED_NAMES, windowsObjection } from "../support/windows/names.ts";
import { appError } from "../system/errors.ts";

function addressOf(origin: string, text: string, fileName: string): Address {
  return {
    text,
    origin,
    issuer: `${origin}/auth`,
    apiBase: `${origin}/hardpy/api/v1`,
    integrationBase: `${origin}/integration/api/v1`,
    fileName,
  };
}

const demo = addressOf(
  "https://demo.standcloud.io",
  "demo.standcloud.io",
  "demo.standcloud.io",
);
const port = addressOf("https://stand:8443", "stand:8443", "stand_8443");

const good: [text: string, expected: Address][] = [
  ["demo.standcloud.io", demo],
  ["https://demo.standcloud.io", demo],
  ["https://demo.standcloud.io/", demo],
  ["HTTPS://Demo.StandCloud.IO", demo],
  ["demo.standcloud.io.", demo],
  ["demo.standcloud.io:443", demo],
  ["  demo.standcloud.io\n", demo],
  ["stand:8443", port],
  ["https://stand:8443", port],
  ["localhost", addressOf("https://localhost", "localhost", "localhost")],
  [
    "http://localhost:8080",
    addressOf(
      "http://localhost:8080",
      "http://localhost:8080",
      "http-localhost_8080",
    ),
  ],
  [
    "http://127.0.0.1",
    addressOf("http://127.0.0.1", "http://127.0.0.1", "http-127.0.0.1"),
  ],
  [
    "http://127.8.9.10:81",
    addressOf(
      "http://127.8.9.10:81",
      "http://127.8.9.10:81",
      "http-127.8.9.10_81",
    ),
  ],
  [
    "[::1]:8443",
    addressOf("https://[::1]:8443", "[::1]:8443", "ipv6---1_8443"),
  ],
  [
    "[2001:DB8:0:0::1]",
    addressOf("https://[2001:db8::1]", "[2001:db8::1]", "ipv6-2001-db8--1"),
  ],
  [
    "http://[::1]",
    addressOf("http://[::1]", "http://[::1]", "http-ipv6---1"),
  ],
  [
    "müller.example",
    addressOf(
      "https://xn--mller-kva.example",
      "xn--mller-kva.example",
      "xn--mller-kva.example",
    ),
  ],
];

for (const [text, expected] of good) {
  Deno.test(`parseAddress() takes ${JSON.stringify(text)}`, () => {
    const address = parseAddress(text);
    assert.deepEqual(address, expected);
    assert.deepEqual(parseAddress(address.text), address);
    assert.equal(addressOfFileName(address.fileName), address.text);
  });
}

Deno.test("parseAddress() gives the lookalike of a host another name", () => {
  // The first letter is Cyrillic.
  const { text } = parseAddress("\u0430pple.example");
  assert.match(text, /^xn--/);
});

const bad: [text: string, message: RegExp][] = [
  ["", /not a host name/],
  [" ", /not a host name/],
  ["https://", /not a host name/],
  [".", /not a host name/],
  ["demo..io", /not a host name/],
  ["demo.standcloud.io..", /not a host name/],
  [".demo.standcloud.io", /not a host name/],
  ["demo standcloud.io", /not a host name/],
  ["demo.standcloud.io:port", /not a host name/],
  ["demo.standcloud.io:65536", /not a host name/],
  ["demo.standcloud.io:-1", /not a host name/],
  ["demo.standcloud.io:0", /./],
  ["::1", /not a host name/],
  ["[::1", /not a host name/],
  ["demo\u0000.io", /not a host name/],
  ["de\u001bmo.io", /not a host name/],
  ["demo%00.io", /not a host name/],
  ["../../etc/passwd", /./],
  ["..", /not a host name/],
  ["demo.standcloud.io/hardpy", /path/],
  ["demo.standcloud.io/hardpy/api/v1", /path/],
  ["https://demo.standcloud.io//", /path/],
  ["demo.standcloud.io\\hardpy", /path/],
  ["demo.standcloud.io?a=b", /path/],
  ["demo.standcloud.io#a", /path/],
  ["https://demo.standcloud.io/?", /path/],
  ["http://demo.standcloud.io", /unencrypted/],
  ["http://127.0.0.1.evil.example", /unencrypted/],
  ["http://localhost.evil.example", /unencrypted/],
  ["http://10.0.0.1", /unencrypted/],
  ["http://[::2]", /unencrypted/],
  ["http://0.0.0.0", /unencrypted/],
  ["ftp://demo.standcloud.io", /ftp:\/\/ is not https/],
  ["file:///etc/passwd", /./],
  ["javascript://demo.standcloud.io", /./],
  [`${"a".repeat(300)}.io`, /./],
  [`${"a.".repeat(150)}io`, /./],
];

for (const [text, message] of bad) {
  Deno.test(`parseAddress() refuses ${JSON.stringify(text).slice(0, 60)}`, () => {
    assert.throws(() => parseAddress(text), (error: AppError) => {
      assert.equal(error.exitCode, 2);
      return appError("usage", message)(error);
    });
  });
}

const withPassword = [
  "https://me:geheim@demo.standcloud.io",
  "me:geheim@demo.standcloud.io",
  "http://me:geheim@demo.standcloud.io/path",
  "https://geheim@demo.standcloud.io",
  "https://me:geheim@demo.standcloud.io:99999",
  "https://me:geheim@demo standcloud.io",
  "ftp://me:geheim@",
];

for (const text of withPassword) {
  Deno.test(`parseAddress() refuses ${text} and does not repeat the password`, () => {
    assert.throws(() => parseAddress(text), (error: AppError) => {
      const said = [error.message, ...error.hints].join("\n");
      assert.doesNotMatch(said, /geheim/);
      return appError("usage")(error);
    });
  });
}

/** What Windows has against the files of an address. */
function objections(fileName: string): string[] {
  return [".age", ".lock", ".login.lock"]
    .flatMap((ending) => windowsObjection(fileName + ending) ?? []);
}

Deno.test("parseAddress() gives a file name that no file system minds", () => {
  const labels = fc.oneof(
    fc.string({ minLength: 1, maxLength: 8 }),
    fc.constantFrom("con", "NUL", "com1", "..", "a_8443", "xn--a"),
    fc.constantFrom(...REFUSED_NAMES),
  );
  const texts = fc.array(labels, { minLength: 1, maxLength: 4 })
    .map((parts) => parts.join("."));
  fc.assert(fc.property(texts, fc.nat(70_000), (host, port) => {
    let fileName: string;
    try {
      fileName = parseAddress(`${host}:${port}`).fileName;
    } catch (error) {
      assert.ok(error instanceof AppError, String(error));
      return;
    }
    assert.match(fileName, /^[a-z0-9_-][a-z0-9._-]*$/);
    assert.deepEqual(objections(fileName), []);
    assert.ok(fileName.length < 200);
  }));
});

Deno.test("parseAddress() gives an address file names that Windows makes as they are, or refuses it", () => {
  const forms = (name: string) => [
    ...[name, `${name}:8443`, `${name}.example`, `a.${name}`],
    ...[`https://${name}/`, `http://127.0.0.1.${name}`, `[::1]${name}`],
  ];
  for (const text of REFUSED_NAMES.flatMap(forms)) {
    try {
      const { fileName } = parseAddress(text);
      assert.deepEqual([text, ...objections(fileName)], [text]);
    } catch (error) {
      if (error instanceof assert.AssertionError) throw error;
      appError("usage")(error);
    }
  }
});

const pairs = [
  ["a:8443", "a_8443"],
  ["http://127.0.0.1:8443", "https://127.0.0.1:8443"],
  ["[1::2]", "1--2"],
];

for (const [one = "", other = ""] of pairs) {
  Deno.test(`parseAddress() gives ${one} and ${other} different file names, or refuses one`, () => {
    try {
      const names = [one, other].map((text) => parseAddress(text).fileName);
      assert.notEqual(names[0], names[1]);
    } catch (error) {
      appError("usage")(error);
    }
  });
}
