import assert from "node:assert/strict";
import { parseAddress } from "../../src/standcloud/address.ts";
import { findKeySource } from "../../src/tokens/find_key_source.ts";
import { openTokenStore } from "../../src/tokens/age_files.ts";
import type { TokenStore } from "../../src/tokens/token_store.ts";
import { appError } from "../system/errors.ts";
import { fakeSystem } from "../system/fake_system.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";
import { address, apiKeyLogin, oauthLogin, plain } from "./logins.ts";

const other = parseAddress("other.standcloud.io:8443");

async function openStore(home: string): Promise<TokenStore> {
  const system = fakeSystem(home);
  return openTokenStore(system, await findKeySource(system, undefined));
}

Deno.test("load() is undefined for an address that was never logged in to", async () => {
  await using folder = await TemporaryFolder.make();
  const store = await openStore(folder.join("home"));
  assert.equal(await store.load(address), undefined);
  assert.equal(await store.outline("none"), undefined);
  assert.deepEqual(await store.list(), []);
  await assert.rejects(Deno.stat(folder.join("home")));
});

Deno.test("save() keeps one login per address, sealed, under the names of the contract", async () => {
  await using folder = await TemporaryFolder.make();
  const store = await openStore(folder.path);
  await store.save(address, oauthLogin());
  await store.save(other, apiKeyLogin({ address: other.text }));
  await store.save(address, oauthLogin({ scope: "new" }));
  assert.deepEqual(
    plain(await store.load(address)),
    plain(oauthLogin({ scope: "new" })),
  );
  assert.deepEqual(await store.list(), [
    "demo.standcloud.io",
    "other.standcloud.io_8443",
  ]);
  const file = folder.join("logins", "demo.standcloud.io.age");
  const bytes = await Deno.readFile(file);
  const text = new TextDecoder("latin1").decode(bytes);
  assert.match(text, /^age-encryption\.org\/v1\n-> X25519 /);
  assert.doesNotMatch(text, /access-1|refresh-1/);
  assert.equal(((await Deno.stat(file)).mode ?? 0) & 0o777, 0o600);
});

Deno.test("list() leaves out locks and what a killed process left", async () => {
  await using folder = await TemporaryFolder.make();
  const store = await openStore(folder.path);
  await store.save(address, oauthLogin());
  {
    using _lock = await store.lock(address);
    await Deno.writeTextFile(folder.join("logins", ".b.age.1234"), "");
    await Deno.writeTextFile(folder.join("logins", ".c.age"), "");
    assert.deepEqual(await store.list(), ["demo.standcloud.io"]);
  }
});

Deno.test("lock() deletes what killed writers of that login left, and nothing else", async () => {
  await using folder = await TemporaryFolder.make();
  const store = await openStore(folder.path);
  await store.save(address, oauthLogin());
  const logins = folder.join("logins");
  const names = async () =>
    (await Array.fromAsync(Deno.readDir(logins), ({ name }) => name)).sort();
  (await store.lock(address))[Symbol.dispose]();
  const before = await names();
  const id = crypto.randomUUID();
  const left = ["age", "outline"].map((extension) =>
    `${logins}/.demo.standcloud.io.${extension}.${id}`
  );
  const others = [`.demo.standcloud.io.age.notes`, `.other.age.${id}`];
  for (const name of others) await Deno.writeTextFile(`${logins}/${name}`, "");
  for (const path of left) await Deno.writeFile(path, new Uint8Array(9));
  using _lock = await store.lock(address);
  assert.deepEqual(await names(), [...before, ...others].sort());
});

Deno.test("load() refuses a login that was made for another address", async () => {
  await using folder = await TemporaryFolder.make();
  const store = await openStore(folder.path);
  await store.save(address, oauthLogin({ address: "evil.example" }));
  await assert.rejects(
    store.load(address),
    appError("login_unreadable", /made for evil\.example/),
  );
});

Deno.test("load() and outline() refuse a file that another login was copied over", async () => {
  await using folder = await TemporaryFolder.make();
  const store = await openStore(folder.path);
  await store.save(other, oauthLogin({ address: other.text }));
  const { fileName } = address;
  const path = (name: string) => folder.join("logins", `${name}.age`);
  await Deno.copyFile(path(other.fileName), path(fileName));
  const refused = appError("login_unreadable", /made for other\.standcloud/);
  await assert.rejects(store.load(address), refused);
  await assert.rejects(store.outline(fileName), refused);
});

Deno.test("reserve() keeps the old login until the new one is saved, and leaves nothing behind", async () => {
  await using folder = await TemporaryFolder.make();
  const store = await openStore(folder.path);
  await store.save(address, oauthLogin());
  {
    await using _unused = await store.reserve(address);
  }
  assert.deepEqual(plain(await store.load(address)), plain(oauthLogin()));
  {
    await using room = await store.reserve(address);
    await room.save(oauthLogin({ scope: "new" }));
  }
  const stored = await store.load(address);
  assert.deepEqual(plain(stored), plain(oauthLogin({ scope: "new" })));
  const names = await Array.fromAsync(Deno.readDir(folder.join("logins")));
  assert.deepEqual(names.map(({ name }) => name).sort(), [
    "demo.standcloud.io.age",
    "demo.standcloud.io.outline",
  ]);
});

Deno.test("has() sees a damaged login too, and makes no folder", async () => {
  await using folder = await TemporaryFolder.make();
  const nowhere = await openStore(folder.join("home"));
  assert.equal(await nowhere.has(address), false);
  await assert.rejects(Deno.stat(folder.join("home")));
  const store = await openStore(folder.path);
  await store.save(address, oauthLogin());
  await Deno.truncate(folder.join("logins", "demo.standcloud.io.age"), 0);
  assert.deepEqual(
    [await store.has(address), await store.has(other)],
    [true, false],
  );
});

const damages: [what: string, damage: (path: string) => Promise<unknown>][] = [
  ["empty", (path) => Deno.truncate(path, 0)],
  ["cut", (path) => Deno.truncate(path, 150)],
  ["text", (path) => Deno.writeTextFile(path, '{"access_token":"a"}')],
];

for (const [what, damage] of damages) {
  Deno.test(`load() says that a file is damaged (${what}), and remove() and save() still work`, async () => {
    await using folder = await TemporaryFolder.make();
    const store = await openStore(folder.path);
    await store.save(address, oauthLogin());
    await damage(folder.join("logins", "demo.standcloud.io.age"));
    await assert.rejects(
      store.load(address),
      appError("login_unreadable", /demo\.standcloud\.io\.age.*damaged/),
    );
    await store.save(address, oauthLogin());
    assert.deepEqual(plain(await store.load(address)), plain(oauthLogin()));
    assert.equal(await store.remove(address), true);
    assert.equal(await store.remove(address), false);
  });
}

Deno.test("load() says when the key is missing, or is another one", async () => {
  await using folder = await TemporaryFolder.make();
  const store = await openStore(folder.path);
  await store.save(address, oauthLogin());
  await Deno.remove(folder.join("key.txt"));
  await assert.rejects(
    store.load(address),
    appError("login_unreadable", /key\.txt", is missing/),
  );
  await store.save(other, oauthLogin({ address: other.text }));
  await assert.rejects(
    store.load(address),
    appError(
      "login_unreadable",
      /key\.txt" does not open it/,
      /^give the key or passphrase it was sealed with: .*\nlog in again/,
    ),
  );
});

Deno.test("load() refuses a login file that others may read", async () => {
  await using folder = await TemporaryFolder.make();
  const store = await openStore(folder.path);
  await store.save(address, oauthLogin());
  await Deno.chmod(folder.join("logins", "demo.standcloud.io.age"), 0o644);
  await assert.rejects(
    store.load(address),
    appError("store_unsafe", /may use it/),
  );
});

Deno.test("load() does not repeat a key with a typing error", async () => {
  await using folder = await TemporaryFolder.make();
  const store = await openStore(folder.path);
  await store.save(address, oauthLogin());
  const text = await Deno.readTextFile(folder.join("key.txt"));
  const [identity = ""] = text.match(/AGE-SECRET-KEY-1\w+/) ?? [];
  const wrong = identity.slice(0, -1) + (identity.endsWith("Q") ? "P" : "Q");
  await Deno.writeTextFile(folder.join("key.txt"), wrong);
  await assert.rejects(store.load(address), (error: Error) => {
    assert.ok(!error.message.includes(wrong), error.message);
    return true;
  });
});
