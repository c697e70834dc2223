import assert from "node:assert/strict";
import { logInWithApiKey, readApiKey } from "../../src/login/api_key_login.ts";
import {
  type FakeService,
  fakeService,
  HEALTH,
} from "../standcloud/fake_service.ts";
import { AppError } from "../../src/system/app_error.ts";
import { appError } from "../system/errors.ts";
import { fakeSystem } from "../system/fake_system.ts";
import { answer } from "../system/fake_http_client.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";
import {
  type FakeTokenStore,
  fakeTokenStore,
} from "../tokens/fake_token_store.ts";
import { apiKeyLogin, oauthLogin, plain } from "../tokens/logins.ts";

/** Logs in with what stdin, or a file, holds. */
async function logIn(
  service: FakeService,
  store: FakeTokenStore,
  text: string,
  { force = false, isPiped = false } = {},
): Promise<{ login: unknown; already: boolean }> {
  await using folder = await TemporaryFolder.make();
  const path = isPiped ? "-" : folder.join("key");
  if (!isPiped) await Deno.writeTextFile(path, text);
  const system = fakeSystem(folder.path, isPiped ? { stdin: text } : {});
  const apiKey = await readApiKey(system, path, { warn: () => {} });
  const options = { apiKey, store, force };
  const { login, already } = await logInWithApiKey(system, service, options);
  return { login: plain(login), already };
}

Deno.test({
  name:
    "duty 56: an API key file that others can change is refused, one that they can read is told of",
  ignore: Deno.build.os === "windows",
  async fn() {
    await using folder = await TemporaryFolder.make();
    const path = await folder.write("key", "key-1");
    const told: string[] = [];
    const warn = (message: string) => void told.push(message);
    const system = fakeSystem(folder.path);
    await Deno.chmod(path, 0o600);
    assert.equal((await readApiKey(system, path, { warn })).reveal(), "key-1");
    assert.deepEqual(told, []);
    await Deno.chmod(path, 0o644);
    await readApiKey(system, path, { warn });
    assert.equal(told.length, 1);
    await Deno.chmod(path, 0o666);
    await assert.rejects(
      readApiKey(system, path, { warn }),
      appError("store_unsafe", /may change it/),
    );
  },
});

for (const isPiped of [false, true]) {
  const from = isPiped ? "stdin" : "a file";
  Deno.test(`logInWithApiKey() stores a key from ${from} that StandCloud accepts`, async () => {
    using service = fakeService();
    service.http.prepare(HEALTH, answer(200, "{}"));
    const store = fakeTokenStore(oauthLogin());
    const made = await logIn(service, store, "key-1\n", { isPiped });
    assert.deepEqual(made, { login: plain(apiKeyLogin()), already: false });
    assert.deepEqual(plain(store.login), made.login);
    const { headers } = service.http.requests[0] ?? {};
    assert.equal(headers?.["authorization"], "Bearer key-1");
  });
}

Deno.test("logInWithApiKey() writes nothing for the key that is stored, unless it must", async () => {
  using service = fakeService();
  const accepted = Array.from({ length: 3 }, () => answer(200, "{}"));
  service.http.prepare(HEALTH, ...accepted);
  const store = fakeTokenStore(apiKeyLogin());
  const before = store.login;
  const { login, already } = await logIn(service, store, "key-1");
  assert.deepEqual([login, already], [plain(before), true]);
  assert.deepEqual(store.calls, ["load"]);
  const forced = await logIn(service, store, "key-1", { force: true });
  assert.equal(forced.already, false);
  const other = await logIn(service, store, "key-2");
  assert.equal(other.already, false);
  assert.deepEqual(plain(store.login), other.login);
});

for (const code of ["login_unreadable", "store_unsafe"] as const) {
  Deno.test(`logInWithApiKey() puts a key in the place of a login that is ${code}`, async () => {
    using service = fakeService();
    service.http.prepare(HEALTH, answer(200, "{}"));
    const load = () => Promise.reject(new AppError(code, "no login"));
    const store = { ...fakeTokenStore(), load };
    assert.equal((await logIn(service, store, "key-1")).already, false);
  });
}

Deno.test("logInWithApiKey() stores nothing when StandCloud refuses the key", async () => {
  using service = fakeService();
  service.http.prepare(HEALTH, answer(401));
  const store = fakeTokenStore(oauthLogin());
  await assert.rejects(
    logIn(service, store, "key-1"),
    appError("login_refused", /refuses the API key/),
  );
  assert.deepEqual(store.calls, []);
});

for (
  const text of [
    "",
    "\n",
    "two keys",
    "key\nkey",
    "key\r\nx: y",
    "schl\u00fcssel",
    "key\u0000",
    "=",
    "x".repeat(64 * 1024 + 1),
  ]
) {
  Deno.test(`logInWithApiKey() sends no request with ${JSON.stringify(text.slice(0, 20))}`, async () => {
    using service = fakeService();
    await assert.rejects(
      logIn(service, fakeTokenStore(), text),
      appError("input_unreadable"),
    );
  });
}
