import assert from "node:assert/strict";
import { logInWithApiKey, readApiKey } from "../../src/login/api_key_login.ts";
import {
  type FakeService,
  fakeService,
  HEALTH,
} from "../standcloud/fake_service.ts";
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
): Promise<unknown> {
  await using folder = await TemporaryFolder.make();
  await Deno.writeTextFile(folder.join("key"), text);
  const fromFile = fakeSystem(folder.path);
  const path = folder.join("key");
  const apiKey = await readApiKey(fromFile, path);
  const login = plain(
    await logInWithApiKey(fromFile, service, { apiKey, store }),
  );
  const fromStdin = fakeSystem(folder.path, { stdin: text });
  const again = await logInWithApiKey(fromStdin, service, {
    apiKey: await readApiKey(fromStdin, "-"),
    store,
  });
  assert.deepEqual(plain(again), login);
  return login;
}

Deno.test("logInWithApiKey() stores a key that StandCloud accepts", async () => {
  using service = fakeService();
  service.http.prepare(HEALTH, answer(200, "{}"), answer(200, "{}"));
  const store = fakeTokenStore(oauthLogin());
  const login = await logIn(service, store, "key-1\n");
  assert.deepEqual(login, plain(apiKeyLogin()));
  assert.deepEqual(plain(store.login), login);
  const { headers } = service.http.requests[0] ?? {};
  assert.equal(headers?.["authorization"], "Bearer key-1");
});

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
