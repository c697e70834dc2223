import assert from "node:assert/strict";
import { newKeyFile } from "../../src/tokens/age_box.ts";
import type { BoxKey } from "../../src/tokens/age_box.ts";
import { findKeySource } from "../../src/tokens/find_key_source.ts";
import { appError } from "../system/errors.ts";
import { NOON } from "../system/fake_clock.ts";
import { fakeSystem, type Variables } from "../system/fake_system.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

/** The secrets of a key, to compare. */
function revealed(key: BoxKey | undefined): string[] {
  if (key === undefined) return [];
  return "passphrase" in key
    ? [key.passphrase.reveal()]
    : key.identities.map((identity) => identity.reveal());
}

/** Writes a key file and gives the identity in it. */
async function keyFile(path: string): Promise<string> {
  const text = await newKeyFile(NOON);
  await Deno.writeTextFile(path, text, { mode: 0o600 });
  return text.split("\n")[2] ?? "";
}

/** Every source at once; each test leaves out the ones above. */
async function everySource(folder: TemporaryFolder): Promise<{
  variables: Variables;
  secrets: Record<string, string>;
}> {
  const secrets: Record<string, string> = { passphrase: "horse" };
  for (const name of ["flag", "variable", "standcloud-key", "key.txt"]) {
    secrets[name] = await keyFile(folder.join(name));
  }
  await Deno.writeTextFile(
    folder.join("passphrase"),
    "battery staple\r\nmore\n",
  );
  return {
    secrets,
    variables: {
      "STANDCLOUD_KEY_FILE": folder.join("variable"),
      "CREDENTIALS_DIRECTORY": folder.path,
      "STANDCLOUD_PASSPHRASE": "horse",
      "STANDCLOUD_PASSPHRASE_FILE": folder.join("passphrase"),
    },
  };
}

Deno.test("findKeySource() takes the first source of the contract's order", async () => {
  await using folder = await TemporaryFolder.make();
  const { variables, secrets } = await everySource(folder);
  const found = async (flag?: string) => {
    const source = await findKeySource(
      fakeSystem(folder.path, { variables }),
      flag,
    );
    const key = await source.key();
    assert.deepEqual(await source.keyForSealing(), key);
    return [source.name, ...revealed(key)];
  };
  const flag = folder.join("flag");
  assert.deepEqual(await found(flag), [flag, secrets["flag"]]);
  const variable = folder.join("variable");
  assert.deepEqual(await found(), [variable, secrets["variable"]]);
  delete variables["STANDCLOUD_KEY_FILE"];
  const credential = folder.join("standcloud-key");
  assert.deepEqual(await found(), [credential, secrets["standcloud-key"]]);
  await Deno.remove(credential);
  assert.deepEqual(await found(), ["STANDCLOUD_PASSPHRASE", "horse"]);
  delete variables["STANDCLOUD_PASSPHRASE"];
  const passphrase = folder.join("passphrase");
  assert.deepEqual(await found(), [passphrase, "battery staple"]);
  delete variables["STANDCLOUD_PASSPHRASE_FILE"];
  const own = folder.join("key.txt");
  assert.deepEqual(await found(), [own, secrets["key.txt"]]);
});

Deno.test("findKeySource() keeps every other source that is given, for opening", async () => {
  await using folder = await TemporaryFolder.make();
  const { variables, secrets } = await everySource(folder);
  const flag = folder.join("flag");
  const system = fakeSystem(folder.path, { variables });
  const others = await (await findKeySource(system, flag)).others();
  assert.deepEqual(others.flatMap(({ key }) => revealed(key)), [
    secrets["variable"],
    secrets["standcloud-key"],
    "horse",
    "battery staple",
    secrets["key.txt"],
  ]);
});

Deno.test("findKeySource() makes the stand's own key only when something is to be sealed", async () => {
  await using folder = await TemporaryFolder.make();
  const source = await findKeySource(
    fakeSystem(folder.join("home")),
    undefined,
  );
  assert.equal(await source.key(), undefined);
  await assert.rejects(Deno.stat(folder.join("home")));
  const made = revealed(await source.keyForSealing());
  assert.match(made[0] ?? "", /^AGE-SECRET-KEY-1/);
  assert.deepEqual(revealed(await source.key()), made);
  const { mode } = await Deno.stat(folder.join("home", "key.txt"));
  assert.equal((mode ?? 0) & 0o777, 0o600);
});

Deno.test("keyForSealing() makes one key, however many ask for it at once", async () => {
  await using folder = await TemporaryFolder.make();
  const keys = await Promise.all(Array.from({ length: 20 }, async () => {
    const system = fakeSystem(folder.path);
    return await (await findKeySource(system, undefined)).keyForSealing();
  }));
  const different = new Set(keys.map((key) => revealed(key).join()));
  assert.equal(different.size, 1);
});

Deno.test("key() reads a file with comments, blank lines, several identities and CRLF", async () => {
  await using folder = await TemporaryFolder.make();
  const identities = [
    await keyFile(folder.join("a")),
    await keyFile(folder.join("b")),
  ];
  const text = ["# mine", "", ` ${identities[0]} `, "#", identities[1], ""];
  await Deno.writeTextFile(folder.join("both"), text.join("\r\n"));
  const source = await findKeySource(
    fakeSystem(folder.path),
    folder.join("both"),
  );
  assert.deepEqual(revealed(await source.key()), identities);
});

const unusable: [what: string, text: string][] = [
  ["an empty file", ""],
  ["a public key", "age1qqqq\n"],
  ["an SSH key", "-----BEGIN OPENSSH PRIVATE KEY-----\ncanary\n"],
  ["a lower-case identity", "age-secret-key-1canary\n"],
  ["a file of more than 64 KiB", "#".repeat(64 * 1024 + 1)],
];

for (const [what, text] of unusable) {
  Deno.test(`key() refuses ${what} and does not repeat it`, async () => {
    await using folder = await TemporaryFolder.make();
    const path = folder.join("wrong");
    await Deno.writeTextFile(path, text);
    const source = await findKeySource(fakeSystem(folder.path), path);
    for (const ask of [source.key, source.keyForSealing]) {
      await assert.rejects(ask(), (error: Error) => {
        assert.doesNotMatch(error.message, /canary/);
        return appError("key_unreadable", /wrong/)(error);
      });
    }
  });
}

Deno.test("key() and keyForSealing() refuse an own key file that is damaged, and leave it", async () => {
  await using folder = await TemporaryFolder.make();
  await Deno.writeTextFile(folder.join("key.txt"), "damaged", { mode: 0o600 });
  const source = await findKeySource(fakeSystem(folder.path), undefined);
  await assert.rejects(source.key(), appError("key_unreadable"));
  await assert.rejects(source.keyForSealing(), appError("key_unreadable"));
  assert.equal(await Deno.readTextFile(folder.join("key.txt")), "damaged");
});

Deno.test("key() refuses an own key file that others may read", async () => {
  await using folder = await TemporaryFolder.make();
  await keyFile(folder.join("key.txt"));
  await Deno.chmod(folder.join("key.txt"), 0o644);
  const source = await findKeySource(fakeSystem(folder.path), undefined);
  await assert.rejects(source.key(), appError("store_unsafe", /key\.txt/));
});

const missing = {
  "STANDCLOUD_KEY_FILE": /^make a key with: age-keygen -o PATH$/,
  "STANDCLOUD_PASSPHRASE_FILE": /^write the passphrase into its first line$/,
};

for (const [what, hint] of Object.entries(missing)) {
  Deno.test(`findKeySource() never goes on to the next source when the file of ${what} is missing or empty`, async () => {
    await using folder = await TemporaryFolder.make();
    await keyFile(folder.join("key.txt"));
    await Deno.writeTextFile(folder.join("empty"), "\n");
    for (const name of ["none", "empty"]) {
      const system = fakeSystem(folder.path, {
        variables: { [what]: folder.join(name) },
      });
      await assert.rejects(async () => {
        await (await findKeySource(system, undefined)).key();
      }, appError("key_unreadable", new RegExp(name), hint));
    }
  });
}

Deno.test("findKeySource() passes a CREDENTIALS_DIRECTORY without our credential", async () => {
  await using folder = await TemporaryFolder.make();
  await Deno.mkdir(folder.join("other"));
  const variables = { "CREDENTIALS_DIRECTORY": folder.join("other") };
  const system = fakeSystem(folder.path, { variables });
  const source = await findKeySource(system, undefined);
  assert.equal(source.name, folder.join("key.txt"));
});
