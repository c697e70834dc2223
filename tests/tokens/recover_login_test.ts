import assert from "node:assert/strict";
import { findKeySource } from "../../src/tokens/find_key_source.ts";
import { openTokenStore } from "../../src/tokens/age_files.ts";
import type { TokenStore } from "../../src/tokens/token_store.ts";
import { fakeSystem } from "../system/fake_system.ts";
import { NOON } from "../system/fake_clock.ts";
import { listing, TemporaryFolder } from "../support/temporary_folder.ts";
import { address, oauthLogin, plain } from "./logins.ts";

const LATER = new Date(NOON.getTime() + 60_000);
const RENEWED = oauthLogin({ obtainedAt: LATER, scope: "renewed" });

/** A stand that has the old login, and the bytes of the new one. */
async function standWith(
  folder: TemporaryFolder,
): Promise<{ store: TokenStore; file: string; renewed: Uint8Array }> {
  const system = fakeSystem(folder.path);
  const keys = await findKeySource(system, undefined);
  const store = openTokenStore(system, keys);
  const file = folder.join("logins", "demo.standcloud.io.age");
  await store.save(address, RENEWED);
  const renewed = await Deno.readFile(file);
  await store.save(address, oauthLogin());
  return { store, file, renewed };
}

/** As a process leaves it that is killed before the rename. */
async function leave(file: string, content: Uint8Array): Promise<void> {
  const draft = file.replace(/([^/]+)$/, `.$1.${crypto.randomUUID()}`);
  await Deno.writeFile(draft, content, { mode: 0o600 });
}

async function files(folder: TemporaryFolder): Promise<string[]> {
  return (await listing(folder.path, "logins"))
    .map((line) => line.replace(/^\d+ /, ""));
}

for (
  const [what, zeros] of [["synced", 0], [
    "written, and still as long as its room",
    900,
  ]] as const
) {
  Deno.test(`the next command finds a renewed login that a killed process has ${what}`, async () => {
    await using folder = await TemporaryFolder.make();
    const { store, file, renewed } = await standWith(folder);
    const content = new Uint8Array(renewed.length + zeros);
    content.set(renewed);
    await leave(file, content);

    assert.deepEqual(plain(await store.load(address)), plain(RENEWED));
    assert.deepEqual(
      (await files(folder)).filter((name) => !/\.(?:lock|outline)$/.test(name)),
      ["logins/demo.standcloud.io.age"],
    );
  });
}

Deno.test("an older, a damaged and an empty draft are taken away", async () => {
  await using folder = await TemporaryFolder.make();
  const { store, file, renewed } = await standWith(folder);
  const old = await Deno.readFile(file);
  await store.save(address, RENEWED);
  for (const left of [old, renewed.slice(0, 300), new Uint8Array(500)]) {
    await leave(file, left);
  }
  assert.deepEqual(plain(await store.load(address)), plain(RENEWED));
  assert.equal((await files(folder)).some((name) => /\/\./.test(name)), false);
});

Deno.test("a draft is left alone while another process renews the login", async () => {
  await using folder = await TemporaryFolder.make();
  const { store, file, renewed } = await standWith(folder);
  using _lock = await store.lock(address);
  await leave(file, renewed);
  assert.deepEqual(plain(await store.load(address)), plain(oauthLogin()));
  assert.equal((await files(folder)).some((name) => /\/\./.test(name)), true);
});

Deno.test("a login that was deleted does not come back", async () => {
  await using folder = await TemporaryFolder.make();
  const { store, file, renewed } = await standWith(folder);
  await Deno.remove(file);
  await leave(file, renewed);
  assert.equal(await store.load(address), undefined);
});
