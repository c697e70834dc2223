import assert from "node:assert/strict";
import { join } from "node:path";
import type { CommonFlags } from "../../src/cli/flags.ts";
import type { AppError } from "../../src/system/app_error.ts";
import { appError } from "../system/errors.ts";
import { fakeSystem, type Variables } from "../system/fake_system.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";
import { logInTo, open } from "./stands.ts";

const keys: [what: string, toml: string, key: string | undefined][] = [
  ["of the same address", 'address = "a.io"\napi_key = "key-1"', "key-1"],
  [
    "of the same address, written otherwise",
    'address = "https://A.io:443/"\napi_key = "key-1"',
    "key-1",
  ],
  ["of another address", 'address = "b.io"\napi_key = "key-1"', undefined],
  [
    "of the other scheme",
    'address = "http://127.0.0.1"\napi_key = "k"',
    undefined,
  ],
  ["without an address", 'api_key = "key-1"', undefined],
];

for (const [what, toml, key] of keys) {
  Deno.test(`Stand.session() ${key ? "gives" : "keeps back"} the key of a hardpy.toml ${what}`, async () => {
    await using folder = await TemporaryFolder.make();
    await Deno.writeTextFile(
      folder.join("hardpy.toml"),
      `[stand_cloud]\n${toml}\n`,
    );
    const system = fakeSystem(folder.join("home"));
    const session = await open(system, "a.io", { config: folder.path });
    if (key === undefined) {
      await assert.rejects(session.bearer(), appError("not_logged_in"));
    } else assert.equal((await session.bearer()).reveal(), key);
  });
}

Deno.test("Stand.session() says that STANDCLOUD_API_KEY is used, and does not say it", async () => {
  await using folder = await TemporaryFolder.make();
  const variables = { "STANDCLOUD_API_KEY": "canary" };
  const system = fakeSystem(folder.path, { variables });
  const session = await open(system, "a.io");
  assert.equal((await session.bearer()).reveal(), "canary");
  // The stored login is judged without the key.
  await assert.rejects(session.storedBearer(), appError("not_logged_in"));
  assert.match(system.terminal.stderr(), /STANDCLOUD_API_KEY is used/);
  assert.doesNotMatch(system.terminal.stderr(), /canary/);
});

/** A folder with a hardpy.toml for `toml.io`, its key, and a `.env`. */
async function testsFolder(
  folder: TemporaryFolder,
  dotenv?: string,
): Promise<string> {
  const path = folder.join("tests");
  await Deno.mkdir(path);
  await folder.write(
    "tests/hardpy.toml",
    '[stand_cloud]\naddress = "toml.io"\napi_key = "of-toml"\n',
  );
  if (dotenv !== undefined) await folder.write("tests/.env", dotenv);
  return path;
}

const OF_DOTENV = "HARDPY_SC_API_KEY=of-dotenv\n";

const orders: [
  what: string,
  variables: Variables,
  dotenv: string | undefined,
  key: string | undefined,
][] = [
  [
    "STANDCLOUD_API_KEY before all others",
    { "STANDCLOUD_API_KEY": "ours", "HARDPY_SC_API_KEY": "hardpys" },
    OF_DOTENV,
    "ours",
  ],
  [
    "HARDPY_SC_API_KEY of the environment before .env",
    { "HARDPY_SC_API_KEY": "hardpys" },
    OF_DOTENV,
    "hardpys",
  ],
  ["HARDPY_SC_API_KEY of .env before hardpy.toml", {}, OF_DOTENV, "of-dotenv"],
  ["hardpy.toml where .env sets other variables", {}, "A=1\n", "of-toml"],
  ["hardpy.toml where there is no .env", {}, undefined, "of-toml"],
  ["no key where .env empties it", {}, "HARDPY_SC_API_KEY=\n", undefined],
  [
    "no key where the environment empties it",
    { "HARDPY_SC_API_KEY": "" },
    OF_DOTENV,
    undefined,
  ],
  [
    "hardpy.toml where STANDCLOUD_API_KEY is empty",
    { "STANDCLOUD_API_KEY": "" },
    undefined,
    "of-toml",
  ],
];

for (const [what, variables, dotenv, expected] of orders) {
  Deno.test(`Stand.session() takes ${what}`, async () => {
    await using folder = await TemporaryFolder.make();
    const config = await testsFolder(folder, dotenv);
    const system = fakeSystem(folder.join("home"), { variables });
    const session = await open(system, undefined, { config });
    if (expected === undefined) {
      await assert.rejects(session.bearer(), appError("not_logged_in"));
      assert.match(
        system.terminal.stderr(),
        /note: HARDPY_SC_API_KEY( of .*\.env)? is set to nothing, so the api_key of .*hardpy\.toml is not used\n/,
      );
    } else assert.equal((await session.bearer()).reveal(), expected);
  });
}

Deno.test("Stand.session() takes the stored login before the keys of files, and does not read .env for it", async () => {
  await using folder = await TemporaryFolder.make();
  const config = await testsFolder(folder, "\0".repeat(2 * 1024 * 1024));
  const system = fakeSystem(folder.join("home"));
  await logInTo(system, "toml.io");
  const session = await open(system, undefined, { config });
  assert.notEqual((await session.bearer()).reveal(), "of-toml");
});

Deno.test("Stand.session() keeps the keys of files back from every other address", async () => {
  await using folder = await TemporaryFolder.make();
  const config = await testsFolder(folder, OF_DOTENV);
  const system = fakeSystem(folder.join("home"));
  const session = await open(system, "other.io", { config });
  await assert.rejects(session.bearer(), appError("not_logged_in"));
});

for (const variable of ["STANDCLOUD_API_KEY", "HARDPY_SC_API_KEY"] as const) {
  Deno.test(`Stand.session() sends ${variable} to no address that only a found hardpy.toml names (duty 45)`, async () => {
    await using folder = await TemporaryFolder.make();
    const tests = await testsFolder(folder, OF_DOTENV);
    const variables = { [variable]: "canary" };
    const system = fakeSystem(folder.join("home"), { variables });
    const config = join(tests, "hardpy.toml");
    const token = async (given: string | undefined, flags: CommonFlags) => {
      const session = await open(system, given, flags, tests);
      return (await session.bearer()).reveal();
    };

    await assert.rejects(token(undefined, {}), (error: AppError) => {
      assert.deepEqual([error.message, error.hints], [
        `${variable} is not sent to toml.io, because only ${config} names this address`,
        [
          `if the address is right, set STANDCLOUD_ADDRESS=toml.io or give --config "${config}"`,
          `else unset ${variable}: then the command uses HARDPY_SC_API_KEY of ${tests}/.env`,
        ],
      ]);
      return appError("usage")(error);
    });
    assert.equal(await token("toml.io", {}), "canary");
    assert.equal(await token(undefined, { config }), "canary");
    await Deno.remove(config);
    await logInTo(system, "stored.io");
    assert.equal(await token(undefined, {}), "canary");
  });
}

const waysOut: [what: string, dotenv: string | undefined, hint: RegExp][] = [
  [
    "the .env file",
    OF_DOTENV,
    /^else unset HARDPY_SC_API_KEY: then the command uses HARDPY_SC_API_KEY of .*tests\/\.env$/,
  ],
  [
    "the key of hardpy.toml",
    undefined,
    /^else unset HARDPY_SC_API_KEY: then the command uses the api_key of .*hardpy\.toml$/,
  ],
  [
    "the place for a key where .env takes the other key away",
    "HARDPY_SC_API_KEY=\n",
    /^else unset HARDPY_SC_API_KEY, or write the key into \.env beside hardpy\.toml$/,
  ],
  [
    "the place for a key where .env cannot be read",
    "#".repeat(2 * 1024 * 1024),
    /^else unset HARDPY_SC_API_KEY, or write the key into \.env beside hardpy\.toml$/,
  ],
];

for (const [what, dotenv, hint] of waysOut) {
  Deno.test(`a key of the environment that is not sent names ${what} as a way out`, async () => {
    await using folder = await TemporaryFolder.make();
    const tests = await testsFolder(folder, dotenv);
    const variables = { "HARDPY_SC_API_KEY": "canary" };
    const system = fakeSystem(folder.join("home"), { variables });
    const { given } = await open(system, undefined, {}, tests);
    assert.match(given.refusal?.hints[1] ?? "", hint);
  });
}

Deno.test("a key of the environment that is not sent names the stored login as a way out", async () => {
  await using folder = await TemporaryFolder.make();
  const tests = await testsFolder(folder, OF_DOTENV);
  const variables = {
    "STANDCLOUD_API_KEY": "canary",
    "HARDPY_SC_API_KEY": "canary",
  };
  const system = fakeSystem(folder.join("home"), { variables });
  await logInTo(system, "toml.io");
  const { given } = await open(system, undefined, {}, tests);
  assert.equal(
    given.refusal?.hints[1],
    "else unset STANDCLOUD_API_KEY and HARDPY_SC_API_KEY: then the command uses the stored login",
  );
});

for (
  const [file, mode, folderMode, said] of [
    ["hardpy.toml", 0o600, 0o755, undefined],
    ["hardpy.toml", 0o640, 0o755, undefined],
    ["hardpy.toml", 0o644, 0o755, /may read ".*hardpy\.toml".*chmod 600/],
    ["hardpy.toml", 0o666, 0o755, /may change ".*hardpy\.toml".*chmod 600/],
    [".env", 0o644, 0o755, /may read ".*\.env".*chmod 600/],
    ["hardpy.toml", 0o600, 0o777, /may replace ".*hardpy\.toml".*chmod go-w/],
  ] as const
) {
  Deno.test(`a key in a ${file} of mode ${mode.toString(8)}, in a folder of mode ${folderMode.toString(8)}, is ${said ? "warned of once" : "used"} (duty 56)`, async () => {
    await using folder = await TemporaryFolder.make();
    const isToml = file === "hardpy.toml";
    const key = isToml ? 'api_key = "key-1"\n' : "";
    const toml = `[stand_cloud]\naddress = "a.io"\n${key}`;
    await folder.write("hardpy.toml", toml);
    if (!isToml) await folder.write(".env", "HARDPY_SC_API_KEY=key-1\n");
    await Deno.chmod(folder.join(file), mode);
    await Deno.chmod(folder.path, folderMode);
    const system = fakeSystem(folder.join("home"));
    const session = await open(system, "a.io", { config: folder.path });
    await session.bearer();
    await session.bearer();
    const text = system.terminal.stderr();
    assert.doesNotMatch(text, /key-1/);
    if (said === undefined) assert.doesNotMatch(text, /other users/);
    else {
      assert.match(text, said);
      assert.equal(text.match(/other users/g)?.length, 1);
    }
  });
}
