import assert from "node:assert/strict";
import type { BoxKey } from "../../src/tokens/age_box.ts";
import { findKeySource } from "../../src/tokens/find_key_source.ts";
import type { Login } from "../../src/tokens/login.ts";
import {
  keepOutline,
  keptOutline,
  outlineOf,
} from "../../src/tokens/login_outline.ts";
import { openTokenStore } from "../../src/tokens/age_files.ts";
import { privateFiles } from "../../src/system/private_files.ts";
import { Secret } from "../../src/system/secret.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";
import { appError } from "../system/errors.ts";
import { fakeSystem } from "../system/fake_system.ts";
import { address, apiKeyLogin, oauthLogin } from "./logins.ts";

const keyOf = (...names: string[]): BoxKey => ({
  identities: names.map((name) => new Secret(`AGE-SECRET-KEY-1${name}`)),
});

const logins: [what: string, login: Login][] = [
  ["an API key", apiKeyLogin()],
  ["a login", oauthLogin()],
  ["a login that cannot be renewed", oauthLogin({ refreshToken: undefined })],
  ["a login without an end", oauthLogin({ expiresAt: undefined })],
  ["a login that has ended", oauthLogin({ endedAt: new Date(0) })],
];

for (const [what, login] of logins) {
  Deno.test(`keptOutline() gives back the outline of ${what}, whichever identity has written it`, async () => {
    await using folder = await TemporaryFolder.make();
    const path = folder.join("outline");
    const box = new Uint8Array([1, 2, 3]);
    await keepOutline(privateFiles, path, { login, box, key: keyOf("A") });
    const key = () => Promise.resolve(keyOf("B", "A"));
    assert.deepEqual(
      await keptOutline(privateFiles, path, { box, key }),
      outlineOf(login),
    );
  });
}

const changes: [what: string, change: {
  box?: number[];
  key?: BoxKey;
  text?: (text: string) => string;
}][] = [
  ["another box", { box: [1, 2, 4] }],
  ["a box that was cut", { box: [1, 2] }],
  ["another identity", { key: keyOf("B") }],
  ["a passphrase", { key: { passphrase: new Secret("A") } }],
  ["a changed outline", { text: (text) => text.replace("true", "false") }],
  ["a cut outline", { text: (text) => text.slice(0, -10) }],
  ["an empty file", { text: () => "" }],
];

for (const [what, { box = [1, 2, 3], key = keyOf("A"), text }] of changes) {
  Deno.test(`keptOutline() believes nothing with ${what}`, async () => {
    await using folder = await TemporaryFolder.make();
    const path = folder.join("outline");
    await keepOutline(privateFiles, path, {
      login: oauthLogin(),
      box: new Uint8Array([1, 2, 3]),
      key: keyOf("A"),
    });
    const written = await Deno.readTextFile(path);
    await Deno.writeTextFile(path, text?.(written) ?? written);
    const asked = {
      box: new Uint8Array(box),
      key: () => Promise.resolve(key),
    };
    assert.equal(await keptOutline(privateFiles, path, asked), undefined);
  });
}

async function savedLogin(home: string, flag?: string) {
  const system = fakeSystem(home);
  const store = openTokenStore(system, await findKeySource(system, flag));
  await store.save(address, oauthLogin());
  const path = (extension: string) =>
    `${home}/logins/${address.fileName}.${extension}`;
  return { store, path };
}

Deno.test("an outline holds no secret, is private, and goes with its login", async () => {
  await using folder = await TemporaryFolder.make();
  const { store, path } = await savedLogin(folder.path);
  const text = await Deno.readTextFile(path("outline"));
  assert.doesNotMatch(text, /access-1|refresh-1|AGE-SECRET/);
  assert.equal(((await Deno.stat(path("outline"))).mode ?? 0) & 0o777, 0o600);
  assert.equal(await store.remove(address), true);
  await assert.rejects(Deno.stat(path("outline")), Deno.errors.NotFound);
});

Deno.test("outline() says of a login without an outline, and of a damaged one, what opening it says", async () => {
  await using folder = await TemporaryFolder.make();
  const { store, path } = await savedLogin(folder.path);
  const whole = await store.outline(address.fileName);
  assert.equal(whole?.isRenewable, true);
  await Deno.remove(path("outline"));
  assert.deepEqual(await store.outline(address.fileName), whole);
  await store.save(address, oauthLogin());
  const box = await Deno.readFile(path("age"));
  box[box.length - 1] = (box.at(-1) ?? 0) ^ 1;
  await Deno.writeFile(path("age"), box);
  await assert.rejects(
    store.outline(address.fileName),
    appError("login_unreadable", /damaged/),
  );
});

Deno.test("outline() follows a login that is saved again, also where its outline cannot be written", async () => {
  await using folder = await TemporaryFolder.make();
  const { store, path } = await savedLogin(folder.path);
  await store.save(address, oauthLogin({ refreshToken: undefined }));
  const { fileName } = address;
  assert.equal((await store.outline(fileName))?.isRenewable, false);
  await Deno.remove(path("outline"));
  await Deno.mkdir(path("outline"));
  await store.save(address, oauthLogin());
  assert.equal((await store.outline(fileName))?.isRenewable, true);
});
