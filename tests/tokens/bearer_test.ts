import assert from "node:assert/strict";
import type { AppError } from "../../src/system/app_error.ts";
import { Secret } from "../../src/system/secret.ts";
import { TOKEN, tokenAnswer } from "../standcloud/fake_service.ts";
import { appError } from "../system/errors.ts";
import { NOON } from "../system/fake_clock.ts";
import { formOf } from "../system/fake_http_client.ts";
import { address, apiKeyLogin, oauthLogin, plain } from "./logins.ts";
import { secondsLeft, stand } from "./stand.ts";

for (const seconds of [3240, 3241, 3600]) {
  Deno.test(`bearerSource() gives a token with ${seconds} s left as it is, reading the file once`, async () => {
    using at = stand(secondsLeft(seconds));
    assert.equal((await at.bearer()).reveal(), "access-1");
    assert.equal((await at.bearer()).reveal(), "access-1");
    assert.deepEqual(at.store.calls, ["load"]);
  });
}

Deno.test("bearerSource() gives a token without an end as it is", async () => {
  using at = stand(oauthLogin({ expiresAt: undefined }));
  assert.equal((await at.bearer()).reveal(), "access-1");
});

for (const seconds of [3239, 1800, 1, 0, -1, -1e6]) {
  Deno.test(`bearerSource() renews a token with ${seconds} s left, and saves it before it is used`, async () => {
    using at = stand(secondsLeft(seconds));
    at.service.prepareOAuth(TOKEN, tokenAnswer());
    assert.equal((await at.bearer()).reveal(), "access-2");
    assert.equal((await at.bearer()).reveal(), "access-2");
    assert.deepEqual(at.store.calls, [
      "load",
      "lock",
      "load",
      "reserve",
      "save",
      "unlock",
    ]);
    assert.deepEqual(
      plain(at.store.login),
      plain(oauthLogin({
        accessToken: new Secret("access-2"),
        refreshToken: new Secret("refresh-2"),
      })),
    );
  });
}

Deno.test("bearerSource() renews with the refresh token, for the API and as the public client", async () => {
  using at = stand(secondsLeft(0));
  at.service.prepareOAuth(TOKEN, tokenAnswer());
  await at.bearer();
  assert.deepEqual(Object.fromEntries(formOf(at.service.http.requests[1])), {
    "grant_type": "refresh_token",
    "refresh_token": "refresh-1",
    "client_id": "hardpy-report-uploader",
    audience: address.apiBase,
  });
});

Deno.test("bearerSource() renews a token that was rejected, and never gives it again", async () => {
  using at = stand(oauthLogin());
  const token = await at.bearer();
  at.service.prepareOAuth(TOKEN, tokenAnswer());
  assert.equal((await at.bearer(token)).reveal(), "access-2");
  // A caller that was late comes with the same complaint.
  assert.equal((await at.bearer(token)).reveal(), "access-2");
});

Deno.test("bearerSource() takes the token that another process has renewed", async () => {
  using at = stand(oauthLogin());
  const token = await at.bearer();
  at.store.login = oauthLogin({ accessToken: new Secret("theirs") });
  assert.equal((await at.bearer(token)).reveal(), "theirs");
  assert.ok(!at.store.calls.includes("save"));
});

Deno.test("bearerSource() says that nobody is logged in, and what to run", async () => {
  using at = stand(undefined);
  await assert.rejects(at.bearer(), (error: AppError) => {
    assert.deepEqual(error.hints, [
      "run: standcloud sc-login demo.standcloud.io",
    ]);
    return appError("not_logged_in")(error);
  });
});

Deno.test("bearerSource() says that a login without a refresh token has ended", async () => {
  using at = stand(
    oauthLogin({ expiresAt: NOON, refreshToken: undefined }),
  );
  await assert.rejects(at.bearer(), appError("login_ended"));
  assert.equal(at.store.calls.at(-1), "unlock");
});

Deno.test("bearerSource() gives a stored API key, and says when it is refused", async () => {
  using at = stand(apiKeyLogin());
  const key = await at.bearer();
  assert.equal(key.reveal(), "key-1");
  await assert.rejects(
    at.bearer(key),
    appError("login_refused", /refuses the (?:stored )?API key/),
  );
  assert.deepEqual(at.store.calls, ["load"]);
});

Deno.test("bearerSource() gives STANDCLOUD_API_KEY without looking for a login", async () => {
  using at = stand(oauthLogin(), {
    apiKey: { name: "STANDCLOUD_API_KEY", key: new Secret("key-2") },
  });
  const key = await at.bearer();
  assert.equal(key.reveal(), "key-2");
  await assert.rejects(
    at.bearer(key),
    appError("login_refused", /refuses STANDCLOUD_API_KEY/),
  );
  assert.deepEqual(at.store.calls, []);
});

Deno.test("bearerSource() asks for the configured key only when there is no login", async () => {
  const configured = { name: "the api_key of x", key: new Secret("key-3") };
  const configuredKey = () => Promise.resolve(configured);
  using without = stand(undefined, { configuredKey });
  const key = await without.bearer();
  assert.equal(key.reveal(), "key-3");
  await assert.rejects(
    without.bearer(key),
    appError("login_refused", /refuses the api_key of x$/),
  );
  using withLogin = stand(oauthLogin(), {
    configuredKey: () => Promise.reject(new Error("asked")),
  });
  assert.equal((await withLogin.bearer()).reveal(), "access-1");
  using withNeither = stand(undefined, {
    configuredKey: () => Promise.resolve(undefined),
  });
  await assert.rejects(withNeither.bearer(), appError("not_logged_in"));
});
