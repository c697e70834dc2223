import assert from "node:assert/strict";
import { TOKEN, tokenAnswer } from "../standcloud/fake_service.ts";
import { appError } from "../system/errors.ts";
import { jsonAnswer } from "../system/fake_http_client.ts";
import { AppError } from "../../src/system/app_error.ts";
import type { OAuthLogin } from "../../src/tokens/login.ts";
import { oauthLogin } from "./logins.ts";
import { secondsLeft, type Stand, stand } from "./stand.ts";

const refused = jsonAnswer(400, {
  error: "invalid_grant",
  "error_description": "The refresh token is expired",
});

const endedAt = ({ store }: Stand) => (store.login as OAuthLogin).endedAt;

Deno.test("bearerSource() says that the login has ended when the server refuses the refresh token, and remembers it", async () => {
  using at = stand(secondsLeft(0));
  at.service.prepareOAuth(TOKEN, refused);
  await assert.rejects(
    at.bearer(),
    appError("login_ended", /has ended \(invalid_grant/),
  );
  assert.deepEqual(endedAt(at), at.clock.now());
  assert.equal(at.store.calls.at(-1), "unlock");
});

Deno.test("bearerSource() does not ask the server again about a login that has ended", async () => {
  using at = stand(
    oauthLogin({ endedAt: new Date("2026-03-01T10:20:30.456Z") }),
  );
  await assert.rejects(
    at.bearer(),
    appError(
      "login_ended",
      /^The login to demo\.standcloud\.io has ended: StandCloud refused to renew it at 2026-03-01T10:20:30Z$/,
      /^run: standcloud sc-login demo\.standcloud\.io$/,
    ),
  );
  assert.deepEqual(at.store.calls, ["load"]);
  // A person logs in meanwhile.
  at.store.login = oauthLogin();
  assert.equal((await at.bearer()).reveal(), "access-1");
});

Deno.test("bearerSource() takes the login that another process made while this one waited to renew an ended one", async () => {
  using at = stand(secondsLeft(0));
  const { lock } = at.store;
  at.store.lock = async (one) => {
    const held = await lock(one);
    at.store.login = oauthLogin();
    return held;
  };
  assert.equal((await at.bearer()).reveal(), "access-1");
  assert.equal(endedAt(at), undefined);
});

Deno.test("bearerSource() warns when the server refuses an early renewal, and lets the service judge the token", async () => {
  const told: string[] = [];
  using at = stand(secondsLeft(1800), {
    onNotRenewed: (message) => void told.push(message),
  });
  at.service.prepareOAuth(TOKEN, refused, refused);
  const token = await at.bearer();
  assert.equal(token.reveal(), "access-1");
  assert.deepEqual(told, [
    "StandCloud refuses to renew the login to demo.standcloud.io, and may refuse its access token too; run: standcloud sc-login demo.standcloud.io",
  ]);
  // The token may still work: only when it does not, the login has ended.
  assert.equal(endedAt(at), undefined);
  await assert.rejects(at.bearer(token), appError("login_ended"));
  assert.deepEqual(endedAt(at), at.clock.now());
});

Deno.test("bearerSource() says that the login has ended also where that cannot be remembered", async () => {
  using at = stand(secondsLeft(0));
  at.store.saveError = new AppError("store_unwritable", "The disk is full");
  at.service.prepareOAuth(TOKEN, refused);
  await assert.rejects(at.bearer(), appError("login_ended"));
});

Deno.test("bearerSource() remembers no end of a login that the server could not be asked about", async () => {
  using at = stand(secondsLeft(0));
  at.service.prepareOAuth(TOKEN, jsonAnswer(503, {}));
  await assert.rejects(at.bearer(), appError("unreachable"));
  assert.equal(endedAt(at), undefined);
  at.clock.advance(10_000);
  at.service.http.prepare(TOKEN, tokenAnswer());
  assert.equal((await at.bearer()).reveal(), "access-2");
});
