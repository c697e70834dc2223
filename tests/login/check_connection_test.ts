import assert from "node:assert/strict";
import { checkConnection } from "../../src/login/check_connection.ts";
import { AppError, type ErrorCode } from "../../src/system/app_error.ts";
import type { HttpAnswer } from "../../src/system/http_client.ts";
import { Secret } from "../../src/system/secret.ts";
import { fakeService, HEALTH } from "../standcloud/fake_service.ts";
import { appError } from "../system/errors.ts";
import { answer } from "../system/fake_http_client.ts";

const { signal } = new AbortController();

/** Gives the first of `tokens`, and each further one for the one before it. */
function bearerOf(...tokens: string[]): (rejected?: Secret) => Promise<Secret> {
  return (rejected) => {
    if (rejected !== undefined) {
      assert.equal(rejected.reveal(), tokens.shift());
    }
    const [token] = tokens;
    assert.ok(token !== undefined, "one token too many was asked for");
    return Promise.resolve(new Secret(token));
  };
}

async function check(
  answers: HttpAnswer[],
  bearer = bearerOf("a"),
): Promise<number> {
  using service = fakeService();
  service.http.prepare(HEALTH, ...answers);
  return await checkConnection(service, bearer, signal);
}

Deno.test("checkConnection() gives the status of a good answer", async () => {
  assert.equal(await check([answer(200, "{}")]), 200);
});

Deno.test("checkConnection() renews a token that is refused, once", async () => {
  using service = fakeService();
  service.http.prepare(HEALTH, answer(401), answer(200, "{}"));
  await checkConnection(service, bearerOf("a", "b"), signal);
  const sent = service.http.requests.map(({ headers }) =>
    headers?.["authorization"]
  );
  assert.deepEqual(sent, ["Bearer a", "Bearer b"]);
  await assert.rejects(
    check([answer(401), answer(401)], bearerOf("a", "b")),
    (error: AppError) => {
      assert.equal(error.httpStatus, 401);
      assert.match(error.hints.join(), /sc-login demo\.standcloud\.io --force/);
      return appError("login_ended")(error);
    },
  );
});

const bad: [received: HttpAnswer, code: ErrorCode][] = [
  [answer(503), "unreachable"],
  [answer(429), "unreachable"],
  [answer(200, "<html>"), "not_standcloud"],
  [answer(404), "not_standcloud"],
  [answer(403, "403 Forbidden"), "not_allowed"],
  [answer(302, "", { location: "https://evil.example/" }), "not_standcloud"],
];

for (const [received, code] of bad) {
  Deno.test(`checkConnection() says ${code} for ${received.status}, and does not renew`, async () => {
    await assert.rejects(check([received]), (error: AppError) => {
      assert.equal(error.httpStatus, received.status);
      return appError(code)(error);
    });
  });
}

Deno.test("checkConnection() passes on that nobody is logged in", async () => {
  const error = new AppError("not_logged_in", "x");
  await assert.rejects(check([], () => Promise.reject(error)), error);
});
