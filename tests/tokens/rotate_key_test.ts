import assert from "node:assert/strict";
import { parseAddress } from "../../src/standcloud/address.ts";
import type { PrivateFiles } from "../../src/system/private_files.ts";
import { Secret } from "../../src/system/secret.ts";
import type { System } from "../../src/system/system.ts";
import { openBox } from "../../src/tokens/age_box.ts";
import { findKeySource } from "../../src/tokens/find_key_source.ts";
import { type Rotated, rotateKey } from "../../src/tokens/rotate_key.ts";
import { openTokenStore } from "../../src/tokens/age_files.ts";
import type { TokenStore } from "../../src/tokens/token_store.ts";
import { systemClock } from "../../src/system/clock.ts";
import { fakeSystem, type Variables } from "../system/fake_system.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";
import { oauthLogin } from "./logins.ts";

const addresses = ["a.example", "b.example", "c.example"].map(parseAddress);

/** Real time, so that two of them wait for one another's locks. */
function systemAt(home: string, variables: Variables = {}): System {
  return { ...fakeSystem(home, { variables }), clock: systemClock };
}

async function storeOf(system: System, flag?: string): Promise<TokenStore> {
  return openTokenStore(system, await findKeySource(system, flag));
}

async function rotate(system: System, flag?: string): Promise<Rotated> {
  const keys = await findKeySource(system, flag);
  return await rotateKey(openTokenStore(system, keys), keys);
}

async function logInAll(system: System, flag?: string): Promise<void> {
  const store = await storeOf(system, flag);
  for (const address of addresses) {
    await store.save(address, oauthLogin({ address: address.text }));
  }
}

/** How many of the logins open with what is on disk. */
async function readable(system: System, flag?: string): Promise<number> {
  const store = await storeOf(system, flag);
  const logins = addresses.map((one) => store.load(one).catch(() => undefined));
  return (await Promise.all(logins)).filter((one) => one !== undefined).length;
}

/** The identities of the stand's key file. */
async function identities(folder: TemporaryFolder): Promise<string[]> {
  const text = await Deno.readTextFile(folder.join("key.txt"));
  return text.split("\n").filter((line) => line.startsWith("AGE-SECRET"));
}

Deno.test("rotateKey() puts a new key in place of the old, and every login is sealed to it", async () => {
  await using folder = await TemporaryFolder.make();
  const system = systemAt(folder.path);
  await logInAll(system);
  const before = await identities(folder);
  assert.deepEqual(await rotate(system), { resealed: 3, problems: [] });
  const after = await identities(folder);
  assert.equal(after.length, 1);
  assert.notDeepEqual(after, before);
  assert.equal(await readable(system), 3);
});

Deno.test("rotateKey() makes a key where there is none", async () => {
  await using folder = await TemporaryFolder.make();
  const system = systemAt(folder.path);
  assert.deepEqual(await rotate(system), { resealed: 0, problems: [] });
  assert.equal((await identities(folder)).length, 1);
});

/** Files whose n-th change, and every later one, fails: what a power cut leaves. */
function cutAfter(files: PrivateFiles, changes: number): PrivateFiles {
  let left = changes;
  const spend = () => {
    if (left-- <= 0) throw new Error("cut");
  };
  return {
    ...files,
    write: async (path, content) => {
      spend();
      await files.write(path, content);
    },
    reserve: async (path, size) => {
      spend();
      const room = await files.reserve(path, size);
      return {
        write: async (content) => {
          spend();
          await room.write(content);
        },
        [Symbol.asyncDispose]: () => room[Symbol.asyncDispose](),
      };
    },
  };
}

Deno.test("rotateKey() leaves every login readable, after whichever step it is cut off", async () => {
  await using folder = await TemporaryFolder.make();
  const system = systemAt(folder.path);
  await logInAll(system);
  let cuts = 0;
  for (let step = 0;; step++) {
    const privateFiles = cutAfter(system.privateFiles, step);
    const isCut = await rotate({ ...system, privateFiles })
      .then(() => false, () => true);
    assert.equal(await readable(system), 3, `after step ${step}`);
    if (!isCut) break;
    cuts++;
  }
  // The key, two for each login, and the key again.
  assert.equal(cuts, 8);
  assert.equal((await identities(folder)).length, 1);
});

Deno.test("rotateKey() loses no login that is saved meanwhile, and hides none from a reader", async () => {
  await using folder = await TemporaryFolder.make();
  const system = systemAt(folder.path);
  await logInAll(system);
  let isOver = false;
  const saving = addresses.map(async (address) => {
    for (let count = 0; !isOver; count++) {
      const store = await storeOf(system);
      using _lock = await store.lock(address);
      const scope = String(count);
      await store.save(
        address,
        oauthLogin({ address: address.text, scope }),
      );
    }
  });
  const reading = (async () => {
    while (!isOver) assert.equal(await readable(system), 3);
  })();
  for (let turn = 0; turn < 3; turn++) {
    await Promise.all([rotate(system), rotate(system)]);
  }
  isOver = true;
  await Promise.all([...saving, reading]);
  assert.equal(await readable(system), 3);
});

Deno.test("rotateKey() waits for a first login that is just being sealed to the old key", async () => {
  await using folder = await TemporaryFolder.make();
  const system = systemAt(folder.path);
  await logInAll(system);
  const sealed = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  const { privateFiles } = system;
  const slow = {
    ...privateFiles,
    reserve: async (path: string, size: number) => {
      const room = await privateFiles.reserve(path, size);
      return {
        write: async (content: Uint8Array) => {
          sealed.resolve();
          await gate.promise;
          await room.write(content);
        },
        [Symbol.asyncDispose]: () => room[Symbol.asyncDispose](),
      };
    },
  };
  const late = parseAddress("d.example");
  const store = await storeOf({ ...system, privateFiles: slow });
  const saving = store.save(late, oauthLogin({ address: late.text }));
  await sealed.promise;
  const rotating = rotate(system);
  await Promise.race([rotating, systemClock.sleep(200)]);
  gate.resolve();
  await Promise.all([saving, rotating]);
  assert.ok(await (await storeOf(system)).load(late) !== undefined);
});

Deno.test("rotateKey() goes on past a login that no key opens, and says so", async () => {
  await using folder = await TemporaryFolder.make();
  const system = systemAt(folder.path);
  await logInAll(system);
  const path = folder.join("logins", "b.example.age");
  await Deno.writeTextFile(path, "damaged");
  const { resealed, problems } = await rotate(system);
  assert.equal(resealed, 2);
  assert.deepEqual(problems.map(({ code }) => code), ["login_unreadable"]);
  assert.equal(await Deno.readTextFile(path), "damaged");
  assert.equal(await readable(system), 2);
});

Deno.test("rotateKey() seals to a key file that is given, and leaves the file alone", async () => {
  await using folder = await TemporaryFolder.make();
  await using elsewhere = await TemporaryFolder.make();
  const given = systemAt(elsewhere.path);
  await rotate(given);
  const flag = elsewhere.join("key.txt");
  const system = systemAt(folder.path);
  await logInAll(system);
  const before = await Deno.readTextFile(flag);
  assert.deepEqual(await rotate(system, flag), { resealed: 3, problems: [] });
  assert.equal(await Deno.readTextFile(flag), before);
  await Deno.remove(folder.join("key.txt"));
  assert.equal(await readable(system, flag), 3);
});

Deno.test("rotateKey() seals to a passphrase, and back to the stand's own key file", async () => {
  await using folder = await TemporaryFolder.make();
  const system = systemAt(folder.path);
  const [address] = addresses;
  assert.ok(address !== undefined);
  await (await storeOf(system)).save(
    address,
    oauthLogin({ address: address.text }),
  );
  const variables = { "STANDCLOUD_PASSPHRASE": "horse" };
  const withPassphrase = systemAt(folder.path, variables);
  assert.equal((await rotate(withPassphrase)).resealed, 1);
  const path = folder.join("logins", "a.example.age");
  const box = await Deno.readFile(path);
  assert.match(
    new TextDecoder("latin1").decode(box),
    /^.*\n-> scrypt \S+ 18\n/,
  );
  assert.equal(await readable(system), 0);
  assert.equal(await readable(withPassphrase), 1);

  const own = folder.join("key.txt");
  assert.equal((await rotate(withPassphrase, own)).resealed, 1);
  const [identity] = await identities(folder);
  const key = { identities: [new Secret(identity ?? "")] };
  assert.match(await openBox(await Deno.readFile(path), key), /"access_token"/);
});
