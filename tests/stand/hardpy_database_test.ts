import { deepStrictEqual as equal, rejects, throws } from "node:assert/strict";
import type { HardpyDatabase } from "../../src/stand/hardpy_database.ts";
import { readHardpyToml } from "../../src/stand/hardpy_toml.ts";
import { appError } from "../system/errors.ts";
import { fakeSystem } from "../system/fake_system.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

async function databaseIn(
  text: string,
): Promise<Omit<HardpyDatabase, "password"> & { password: string }> {
  await using folder = await TemporaryFolder.make();
  const path = await folder.write("hardpy.toml", text);
  const toml = await readHardpyToml(fakeSystem(folder.path), path);
  if (toml === undefined) throw new Error("no hardpy.toml");
  const database = toml.database();
  return { ...database, password: database.password.reveal() };
}

Deno.test("database() of a hardpy.toml has HardPy's defaults", async () => {
  const defaults = {
    user: "dev",
    password: "dev",
    host: "localhost",
    port: 5984,
    storageType: "couchdb",
    storagePath: ".hardpy",
  };
  equal(await databaseIn(""), defaults);
  equal(await databaseIn("[database]\n[stand_cloud]\n"), defaults);
  equal(
    await databaseIn(
      '[database]\nuser = "a"\npassword = ""\nport = 1\nstorage_type = "json"\ndoc_id = "x"\n',
    ),
    { ...defaults, user: "a", password: "", port: 1, storageType: "json" },
  );
});

Deno.test("database() names line and column of a wrong type, and nobody else minds it", async () => {
  const cases: [text: string, message: RegExp][] = [
    ["\n[database]\nport = '1'\n", /:3:1: port of \[database\] must be a/],
    ["[database]\nstorage_type = 'x'\n", /:2:1: storage_type .* "json"$/],
    ["database = 1\n", /:1:1: \[database\] must be a table$/],
    [
      "database = { password = 5 }\n",
      /:1:14: password of \[database\] must be a text in quotes$/,
    ],
  ];
  for (const [text, message] of cases) {
    await rejects(() => databaseIn(text), appError("config_invalid", message));
  }
  await using folder = await TemporaryFolder.make();
  const path = await folder.write("hardpy.toml", "[database]\nport = 'x'\n");
  const toml = await readHardpyToml(fakeSystem(folder.path), path);
  equal(toml?.address, undefined);
  throws(() => toml?.database(), appError("config_invalid", /port/));
});
