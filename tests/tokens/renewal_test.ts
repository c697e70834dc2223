import assert from "node:assert/strict";
import { AppError } from "../../src/system/app_error.ts";
import { HttpFailure } from "../../src/system/http_failure.ts";
import { DISCOVERY, TOKEN, tokenAnswer } from "../standcloud/fake_service.ts";
import { appError } from "../system/errors.ts";
import { Secret } from "../../src/system/secret.ts";
import { formOf } from "../system/fake_http_client.ts";
import { oauthLogin, plain } from "./logins.ts";
import { secondsLeft, stand } from "./stand.ts";

Deno.test("bearerSource() renews once for 20 callers at the same time", async () => {
  using at = stand(secondsLeft(10));
  at.service.prepareOAuth(TOKEN, tokenAnswer());
  const tokens = await Promise.all(
    Array.from({ length: 20 }, () => at.bearer()),
  );
  assert.deepEqual(
    new Set(tokens.map((token) => token.reveal())),
    new Set(["access-2"]),
  );
  assert.deepEqual(
    at.store.calls.filter((call) => call !== "load"),
    ["lock", "reserve", "save", "unlock"],
  );
});

const away = new HttpFailure("timeout", "No answer");

Deno.test("bearerSource() lets all callers fail with the one renewal that they share", async () => {
  using at = stand(secondsLeft(0));
  at.service.http.prepare(DISCOVERY, away);
  const results = await Promise.allSettled(
    Array.from({ length: 20 }, () => at.bearer()),
  );
  for (const result of results) {
    assert.ok(result.status === "rejected");
    appError("unreachable")(result.reason);
  }
});

Deno.test("bearerSource() keeps the login when the server cannot be reached, and asks again only after 10 s", async () => {
  using at = stand(secondsLeft(0));
  at.service.prepareOAuth(TOKEN, away);
  await assert.rejects(at.bearer(), appError("unreachable"));
  at.clock.advance(9_999);
  await assert.rejects(at.bearer(), appError("unreachable"));
  at.clock.advance(1);
  at.service.http.prepare(TOKEN, tokenAnswer());
  assert.equal((await at.bearer()).reveal(), "access-2");
});

Deno.test("bearerSource() sends no refresh token when a new login could not be saved, and keeps the old one", async () => {
  using at = stand(secondsLeft(0));
  const { login } = at.store;
  at.store.reserve = () =>
    Promise.reject(new AppError("store_unwritable", "The disk is full"));
  // The metadata alone: a request for tokens was not prepared and would fail.
  at.service.prepareOAuth(TOKEN);
  await assert.rejects(
    at.bearer(),
    appError("store_unwritable", /disk is full/),
  );
  assert.equal(at.store.login, login);
  assert.equal(at.store.calls.at(-1), "unlock");
});

Deno.test("bearerSource() uses a renewed login that cannot be saved, says so, and never the dead one", async () => {
  const unsaved: AppError[] = [];
  using at = stand(secondsLeft(0), {
    onUnsaved: (error) => void unsaved.push(error),
  });
  at.store.saveError = new AppError("store_unwritable", "The disk is full");
  at.service.prepareOAuth(TOKEN, tokenAnswer());
  const token = await at.bearer();
  assert.equal(token.reveal(), "access-2");
  assert.equal(at.store.calls.at(-1), "unlock");
  const [error, ...more] = unsaved;
  appError("login_not_saved", /it cannot be saved.*disk is full/)(error);
  assert.deepEqual(more, []);
  // The next renewal: with the new refresh token, and saved where that works again.
  at.store.saveError = undefined;
  at.clock.advance(3600_000);
  at.service.http.prepare(
    TOKEN,
    tokenAnswer({ "access_token": "access-3", "refresh_token": "refresh-3" }),
  );
  assert.equal((await at.bearer(token)).reveal(), "access-3");
  const { requests } = at.service.http;
  assert.equal(formOf(requests.at(-1)).get("refresh_token"), "refresh-2");
  const { refreshToken } = plain(at.store.login) as Record<string, unknown>;
  assert.deepEqual(refreshToken, { secret: "refresh-3" });
});

Deno.test("bearerSource() takes a login that was made after one that cannot be saved", async () => {
  using at = stand(secondsLeft(0), { onUnsaved: () => {} });
  at.store.saveError = new AppError("store_unwritable", "The disk is full");
  at.service.prepareOAuth(TOKEN, tokenAnswer());
  const token = await at.bearer();
  at.clock.advance(1000);
  at.store.login = oauthLogin({
    accessToken: new Secret("theirs"),
    obtainedAt: at.clock.now(),
  });
  assert.equal((await at.bearer(token)).reveal(), "theirs");
});

Deno.test("bearerSource() ends with the signal while it asks for the server's metadata", async () => {
  const { signal } = new AbortController();
  using at = stand(secondsLeft(0), { signal });
  at.service.prepareOAuth(TOKEN, tokenAnswer());
  await at.bearer();
  const [discovery, refresh] = at.service.http.requests;
  assert.equal(discovery?.signal, signal);
  // The answer to a refresh token must not be lost.
  assert.equal(refresh?.signal, undefined);
});
