import assert from "node:assert/strict";
import type { CommonFlags } from "../../src/cli/flags.ts";
import { appError } from "../system/errors.ts";
import {
  type FakeSystem,
  fakeSystem,
  type Variables,
} from "../system/fake_system.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";
import { logInTo, open } from "./stands.ts";

Deno.test("Stand.session() takes the address of the contract's order", async () => {
  await using folder = await TemporaryFolder.make();
  const config = folder.join("hardpy.toml");
  await Deno.writeTextFile(config, '[stand_cloud]\naddress = "toml.io"\n');
  const plain = fakeSystem(folder.path);
  const variables = { "STANDCLOUD_ADDRESS": "variable.io" };
  const system = fakeSystem(folder.path, { variables });
  await logInTo(plain, "stored.io:8443");
  const found = async (
    on: FakeSystem,
    flags: CommonFlags,
    given?: string,
  ) => {
    const session = await open(on, given, flags);
    return session.service.address.text;
  };
  assert.equal(await found(system, { config }, "given.io"), "given.io");
  assert.equal(await found(system, { config }), "variable.io");
  assert.equal(await found(plain, { config }), "toml.io");
  assert.equal(await found(plain, {}), "stored.io:8443");
});

Deno.test("Stand.session() names the hardpy.toml that holds a bad address", async () => {
  await using folder = await TemporaryFolder.make();
  const config = await folder.write(
    "hardpy.toml",
    '[stand_cloud]\naddress = "a/b"\napi_key = "canary"\n',
  );
  const system = fakeSystem(folder.path);
  const expected = appError(
    "config_invalid",
    /hardpy\.toml: Invalid address "a\/b": it has a path$/,
  );
  await assert.rejects(open(system, undefined, { config }), expected);
  // Who gives the address is told when the file's key is asked for.
  const session = await open(system, "a.io", { config });
  await assert.rejects(session.bearer(), expected);
});

Deno.test("Stand.session() says that no address is given, or that there are several", async () => {
  await using folder = await TemporaryFolder.make();
  const system = fakeSystem(folder.path);
  await assert.rejects(
    open(system, undefined),
    appError("usage", /No StandCloud address/),
  );
  await logInTo(system, "a.io", "b.io");
  await assert.rejects(
    open(system, undefined),
    appError("usage", /several addresses/),
  );
});

Deno.test("Stand.session() finds the address of the only login although that is damaged", async () => {
  await using folder = await TemporaryFolder.make();
  const system = fakeSystem(folder.path);
  await logInTo(system, "stored.io:8443");
  await Deno.truncate(folder.join("logins", "stored.io_8443.age"), 0);
  const session = await open(system, undefined);
  assert.equal(session.service.address.text, "stored.io:8443");
});

const PEM = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

Deno.test("Stand.session() trusts the authorities of --ca-file, else of STANDCLOUD_CA_FILE", async () => {
  await using folder = await TemporaryFolder.make();
  const flag = await folder.write("flag.pem", `${PEM}# flag`);
  const variable = await folder.write("variable.pem", PEM);
  const trusted = async (flags: CommonFlags, variables: Variables = {}) => {
    const system = fakeSystem(folder.path, { variables });
    const seen: unknown[] = [];
    const { openHttpClient } = system;
    system.openHttpClient = (options) => {
      seen.push(options.caCertificates);
      return openHttpClient(options);
    };
    await open(system, "a.io", flags);
    return seen;
  };
  const variables = { "STANDCLOUD_CA_FILE": variable };
  assert.deepEqual(await trusted({ caFile: flag }, variables), [[
    `${PEM}# flag`,
  ]]);
  assert.deepEqual(await trusted({}, variables), [[PEM]]);
  assert.deepEqual(await trusted({}), [[]]);
});

Deno.test("Stand.session() refuses an authority file that is missing, or holds none", async () => {
  await using folder = await TemporaryFolder.make();
  const system = fakeSystem(folder.path);
  const caFile = await folder.write("key.pem", "-----BEGIN PRIVATE KEY-----");
  await assert.rejects(
    open(system, "a.io", { caFile }),
    appError("input_unreadable", /key\.pem" holds no certificate/),
  );
  await assert.rejects(
    open(system, "a.io", { caFile: folder.join("none") }),
    appError("input_unreadable", /no such file/),
  );
});
