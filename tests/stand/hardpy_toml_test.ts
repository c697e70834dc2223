import assert from "node:assert/strict";
import fc from "fast-check";
import { readHardpyToml } from "../../src/stand/hardpy_toml.ts";
import { AppError } from "../../src/system/app_error.ts";
import { appError } from "../system/errors.ts";
import { fakeSystem } from "../system/fake_system.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

type Read = { address: string | undefined; apiKey: string | undefined };

/** Reads a file with this text; its path is written as PATH in what is thrown. */
async function read(text: string): Promise<Read | undefined> {
  await using folder = await TemporaryFolder.make();
  const path = folder.join("hardpy.toml");
  await Deno.writeTextFile(path, text);
  try {
    const toml = await readHardpyToml(fakeSystem(folder.path), path);
    assert.equal(toml?.path, path);
    return { address: toml.address, apiKey: toml.apiKey?.reveal() };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { code, hints } = error;
    throw new AppError(code, error.message.replaceAll(path, "PATH"), { hints });
  }
}

const HARDPY = `title = "HardPy TOML config"
tests_name = "My tests"
description = ""

[database]
user = "dev"
password = "dev"
port = 5984
address = "not this one"

[frontend]
host = "localhost"
api_key = 7
`;

const good: [what: string, text: string, expected: Read][] = [
  ["an empty file", "", { address: undefined, apiKey: undefined }],
  ["a file without the section", HARDPY, {
    address: undefined,
    apiKey: undefined,
  }],
  [
    "HardPy's own sections around it",
    `${HARDPY}
[stand_cloud]
address = "demo.standcloud.io"
api_key = "key-1"
connection_only = true
autosync = false
autosync_timeout = 30
later = [1, 2]

[more]
x = 1979-05-27
`,
    { address: "demo.standcloud.io", apiKey: "key-1" },
  ],
  [
    "the spelling of HardPy's documentation",
    `[stand_cloud]
api-key = "key-2"
`,
    { address: undefined, apiKey: "key-2" },
  ],
  [
    "empty texts",
    `[stand_cloud]
address = ""
api_key = ""
`,
    { address: undefined, apiKey: undefined },
  ],
  ["dotted keys", 'stand_cloud.address = "a.io"', {
    address: "a.io",
    apiKey: undefined,
  }],
  ["an inline table", 'stand_cloud = { address = "a.io" }', {
    address: "a.io",
    apiKey: undefined,
  }],
  [
    "a byte order mark and CRLF",
    '\ufeff[stand_cloud]\r\naddress = "a.io"\r\n',
    {
      address: "a.io",
      apiKey: undefined,
    },
  ],
];

for (const [what, text, expected] of good) {
  Deno.test(`readHardpyToml() reads ${what}`, async () => {
    assert.deepEqual(await read(text), expected);
  });
}

const wrong: [text: string, message: RegExp][] = [
  ["[stand_cloud]\naddress = 5\n", /^PATH:2:1: address .* a text in quotes$/],
  ["[stand_cloud]\n\n  api_key = 7", /^PATH:3:3: api_key .* a text in quotes$/],
  ["[stand_cloud]\napi-key = []\n", /^PATH:2:1: api-key .* a text in quotes$/],
  [
    '[stand_cloud]\nautosync = "yes"\n',
    /^PATH:2:1: autosync .* true or false$/,
  ],
  [
    "[stand_cloud]\nconnection_only = 1\n",
    /^PATH:2:1: connection_only .* true or false$/,
  ],
  [
    "[stand_cloud]\nautosync = true\nautosync_timeout = 0\n",
    /^PATH:3:1: autosync_timeout .* a whole number of minutes$/,
  ],
  ["[stand_cloud]\nautosync_timeout = 1.5\n", /^PATH:2:1: autosync_timeout/],
  [`${HARDPY}\n[stand_cloud]\naddress = 5\n`, /^PATH:16:1: address/],
  ["stand_cloud = 5\n", /^PATH:1:1: \[stand_cloud\] must be a table$/],
  ["[[stand_cloud]]\naddress = 'a'\n", /^PATH:1:\d+: \[stand_cloud\] must be/],
  ["a = 1\nstand_cloud.address = 5\n", /^PATH:2:13: address/],
  ["stand_cloud = { address = 5 }\n", /^PATH:1:17: address/],
  ["[stand_cloud]\n# address = 1\naddress = 5\n", /^PATH:3:1: address/],
  [
    "[stand_cloud_old]\naddress = 1\n[stand_cloud]\naddress = 5\n",
    /^PATH:4:1:/,
  ],
  ["[stand_cloud]\nnote = 'address = 1'\naddress = 5\n", /^PATH:3:1: address/],
];

for (const [text, message] of wrong) {
  Deno.test(`readHardpyToml() points at what is wrong in ${JSON.stringify(text.slice(-50))}`, async () => {
    await assert.rejects(read(text), appError("config_invalid", message));
  });
}

const broken: [text: string, place: RegExp][] = [
  ["[stand_cloud", /^PATH:1:\d+: /],
  ["[stand_cloud]\naddress = demo.standcloud.io\n", /^PATH:2:\d+: /],
  ['[stand_cloud]\naddress = "a"\naddress = "b"\n', /^PATH:3:\d+: /],
  ['[stand_cloud]\napi_key = "canary', /^PATH:2:\d+: /],
  ["[stand_cloud]\napi_key = canary-canary\n", /^PATH:2:\d+: /],
  ['[stand_cloud]\napi_key = "canary" canary\n', /^PATH:2:\d+: /],
  ["[stand_cloud]\n\n\n= canary\n", /^PATH:4:\d+: /],
];

for (const [text, place] of broken) {
  Deno.test(`readHardpyToml() points at the place, and repeats no key, in ${JSON.stringify(text)}`, async () => {
    await assert.rejects(read(text), (error: AppError) => {
      const said = [error.message, ...error.hints].join("\n");
      assert.doesNotMatch(said, /canary|\n.*\^/);
      return appError("config_invalid", place)(error);
    });
  });
}

Deno.test("readHardpyToml() ends every damaged file with config_invalid and no key", async () => {
  const file = `${HARDPY}[stand_cloud]\napi_key = "canary-canary"\n`;
  const damage = fc.record({
    at: fc.nat(file.length),
    removed: fc.nat(5),
    put: fc.string({
      unit: fc.constantFrom(..."\"'[]{}=.#\n\\ a1"),
      maxLength: 3,
    }),
  });
  await fc.assert(
    fc.asyncProperty(damage, async ({ at, removed, put }) => {
      const text = file.slice(0, at) + put + file.slice(at + removed);
      await read(text).catch((error) => {
        appError("config_invalid", /^PATH:\d+:\d+: /)(error);
        assert.doesNotMatch(error.message, /canary/);
      });
    }),
    { numRuns: 200 },
  );
});

Deno.test("readHardpyToml() finds the file in a folder, and names one that has none", async () => {
  await using folder = await TemporaryFolder.make();
  const system = fakeSystem(folder.path);
  const empty = folder.join("empty");
  await Deno.mkdir(empty);
  const path = folder.join("hardpy.toml");
  await Deno.writeTextFile(path, '[stand_cloud]\naddress = "a.io"\n');
  const found = await readHardpyToml(system, folder.path);
  assert.deepEqual([found?.path, found?.address], [path, "a.io"]);
  await assert.rejects(
    readHardpyToml(system, empty),
    appError("input_unreadable", /no hardpy\.toml in ".*empty"/),
  );
  await assert.rejects(
    readHardpyToml(system, folder.join("none.toml")),
    appError("input_unreadable", /no such file/),
  );
});

Deno.test("readHardpyToml() is undefined where the current folder has none", async () => {
  // The tests run in the project's folder, which has no hardpy.toml.
  const system = fakeSystem("/nowhere");
  assert.equal(await readHardpyToml(system, undefined), undefined);
});
