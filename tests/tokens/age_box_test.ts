import assert from "node:assert/strict";
import { Encrypter } from "age-encryption";
import fc from "fast-check";
import { Secret } from "../../src/system/secret.ts";
import {
  type BoxKey,
  newKeyFile,
  openBox,
  sealBox,
} from "../../src/tokens/age_box.ts";
import { NOON } from "../system/fake_clock.ts";

async function newKey(): Promise<{ identities: Secret[] }> {
  const identity = (await newKeyFile(NOON)).split("\n")[2] ?? "";
  return { identities: [new Secret(identity)] };
}

const key = await newKey();
const other = await newKey();
const TEXT = JSON.stringify({ version: 1, "access_token": "canary" });

Deno.test("openBox() gives back every text that sealBox() sealed", async () => {
  const texts = fc.string({ unit: "binary", maxLength: 300 });
  await fc.assert(
    fc.asyncProperty(texts, async (text) => {
      assert.equal(await openBox(await sealBox(text, key), key), text);
    }),
    { numRuns: 15 },
  );
});

Deno.test("sealBox() seals to the first identity; any of the key's opens it", async () => {
  const both = { identities: [...other.identities, ...key.identities] };
  const box = await sealBox(TEXT, both);
  assert.equal(await openBox(box, both), TEXT);
  assert.equal(await openBox(box, other), TEXT);
  await assert.rejects(openBox(box, key));
});

Deno.test("sealBox() never writes the same box twice, and no text into it", async () => {
  const boxes = [await sealBox(TEXT, key), await sealBox(TEXT, key)];
  assert.notDeepEqual(boxes[0], boxes[1]);
  for (const box of boxes) {
    assert.ok(!new TextDecoder().decode(box).includes("canary"));
  }
});

Deno.test("openBox() refuses another key, and a passphrase for an identity", async () => {
  const box = await sealBox(TEXT, key);
  const passphrase = new Secret("canary");
  for (const wrong of [other, { passphrase }, { identities: [] }]) {
    await assert.rejects(openBox(box, wrong));
  }
});

Deno.test("openBox() refuses a box with any byte changed", async () => {
  const box = await sealBox(TEXT, key);
  for (let i = 0; i < box.length; i++) {
    const damaged = box.slice();
    damaged[i] = (damaged[i] ?? 0) ^ 1;
    await assert.rejects(openBox(damaged, key), `byte ${i}`);
  }
});

Deno.test("openBox() refuses a box that was cut, or has something behind it", async () => {
  const box = await sealBox(TEXT, key);
  for (let length = 0; length < box.length; length += 16) {
    await assert.rejects(openBox(box.slice(0, length), key), `${length} bytes`);
  }
  await assert.rejects(openBox(new Uint8Array([...box, 0]), key));
});

const sealed: BoxKey = { passphrase: new Secret("correct horse") };

Deno.test("openBox() opens with the passphrase that sealBox() sealed with", async () => {
  const box = await sealBox(TEXT, sealed);
  assert.match(new TextDecoder("latin1").decode(box), /\n-> scrypt \S+ 18\n/);
  assert.equal(await openBox(box, sealed), TEXT);
});

/** Sealed with the passphrase by the library itself; a small factor is quick to check. */
async function quickBox(): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase("correct horse");
  encrypter.setScryptWorkFactor(2);
  return await encrypter.encrypt(TEXT);
}

Deno.test("openBox() refuses another passphrase, and an identity for a passphrase", async () => {
  const box = await quickBox();
  assert.equal(await openBox(box, sealed), TEXT);
  const wrong = { passphrase: new Secret("wrong horse") };
  await assert.rejects(openBox(box, wrong));
  await assert.rejects(openBox(box, key));
});

Deno.test("openBox() refuses at once a passphrase that would take hours to check", async () => {
  const text = new TextDecoder("latin1").decode(await quickBox());
  const heavy = text.replace(/(-> scrypt \S+) 2\n/, "$1 30\n");
  assert.notEqual(heavy, text);
  const bytes = Uint8Array.from(heavy, (one) => one.charCodeAt(0));
  const start = performance.now();
  await assert.rejects(openBox(bytes, sealed));
  assert.ok(performance.now() - start < 500);
});

Deno.test("newKeyFile() writes what age-keygen writes, and another key each time", async () => {
  const file = await newKeyFile(NOON);
  assert.match(
    file,
    /^# created: 2026-03-01T12:00:00\.000Z\n# public key: age1[0-9a-z]{58}\nAGE-SECRET-KEY-1[0-9A-Z]{58}\n$/,
  );
  assert.notEqual(await newKeyFile(NOON), file);
});

Deno.test("sealBox() and openBox() do not repeat an identity with a typing error", async () => {
  const [identity] = key.identities;
  const text = identity?.reveal() ?? "";
  const wrong = text.slice(0, -1) + (text.endsWith("Q") ? "P" : "Q");
  const mistyped = { identities: [new Secret(wrong)] };
  const silent = (error: Error) => !Deno.inspect(error).includes(wrong);
  await assert.rejects(sealBox(TEXT, mistyped), silent);
  const box = await sealBox(TEXT, key);
  await assert.rejects(openBox(box, mistyped), silent);
});
