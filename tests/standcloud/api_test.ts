import assert from "node:assert/strict";
import { checkHealth } from "../../src/standcloud/health.ts";
import {
  postTestReport,
  type UploadAnswer,
} from "../../src/standcloud/post_report.ts";
import type { HttpAnswer } from "../../src/system/http_client.ts";
import { HttpFailure } from "../../src/system/http_failure.ts";
import { Secret } from "../../src/system/secret.ts";
import { appError } from "../system/errors.ts";
import { answer, brokenOff, jsonAnswer } from "../system/fake_http_client.ts";
import { address } from "../tokens/logins.ts";
import { fakeService, HEALTH, REPORT } from "./fake_service.ts";

const token = new Secret("canary");
const options = { token, timeoutMilliseconds: 1234, idempotencyKey: "d1" };
const DOCUMENT = new TextEncoder().encode('{"big":9007199254740993}');
const redirect = (status: number, location: string) =>
  answer(status, "", { location });

/** A redirect that means: sign in first. */
const signIn = [
  redirect(302, `${address.issuer}/?rd=x`),
  redirect(303, "/auth/login"),
  redirect(307, `${address.origin}/auth/`),
  redirect(302, "/auth?rd=x"),
  redirect(302, address.issuer),
];
const elsewhere = [
  redirect(302, "https://evil.example/auth/"),
  redirect(302, `${address.origin}/authorize`),
  redirect(302, `${address.origin}/authorize?rd=/auth/`),
  redirect(302, "http://demo.standcloud.io/auth/"),
  redirect(308, "/other"),
  redirect(302, "http://["),
  answer(304),
];

function where({ status, headers }: HttpAnswer): string {
  return `${status} to ${headers.get("location")}`;
}

Deno.test("postTestReport() sends the document as it is, and the token in one header only (duty 24)", async () => {
  using service = fakeService();
  service.http.prepare(REPORT, jsonAnswer(201, { "test_run_id": "run-1" }));
  assert.deepEqual(await postTestReport(service, DOCUMENT, options), {
    kind: "created",
    testRunId: "run-1",
    status: 201,
  });
  const requestId = service.http.requests[0]?.headers?.["x-request-id"] ?? "";
  assert.match(requestId, /^[0-9a-f-]{36}$/);
  assert.deepEqual(service.http.requests, [{
    method: "POST",
    headers: {
      "idempotency-key": '"d1"',
      "x-request-id": requestId,
      authorization: "Bearer canary",
      accept: "application/json",
      "content-type": "application/json",
    },
    body: DOCUMENT,
    timeoutMilliseconds: 1234 + DOCUMENT.length / 64,
  }]);
});

const ids: [body: string, id: string | null][] = [
  ['{"test_run_id":"a","id":"b"}', "a"],
  ['{"id":"b"}', "b"],
  ['"c"', "c"],
  ["{}", null],
  ['{"id":5}', null],
  ['{"test_run_id":null,"id":"b"}', "b"],
  ["null", null],
  ["[]", null],
  ["", null],
  ["created", null],
  [JSON.stringify("x".repeat(101)), null],
];

for (const [body, id] of ids) {
  Deno.test(`postTestReport() reads the run's id ${id} from ${body.slice(0, 40)}`, async () => {
    using service = fakeService();
    service.http.prepare(REPORT, answer(201, body));
    const created = await postTestReport(service, DOCUMENT, options);
    assert.deepEqual(created, { kind: "created", testRunId: id, status: 201 });
  });
}

async function uploaded(received: HttpAnswer): Promise<UploadAnswer["kind"]> {
  using service = fakeService();
  service.http.prepare(REPORT, received);
  const { kind, status } = await postTestReport(service, DOCUMENT, options);
  assert.equal(status, received.status);
  return kind;
}

for (const status of [200, 202, 204, 400, 403, 422, 429, 500, 503, 524]) {
  Deno.test(`postTestReport() takes ${status} for "not created"`, async () => {
    assert.equal(
      await uploaded(jsonAnswer(status, { id: "x" })),
      "not_created",
    );
  });
}

Deno.test("postTestReport() takes a page with status 200 for another service", async () => {
  const page = answer(200, "<html>", {
    "content-type": "Text/HTML; charset=x",
  });
  assert.equal(await uploaded(page), "not_standcloud");
});

Deno.test("postTestReport() gives the details of a rejection and when to come back", async () => {
  using service = fakeService();
  const detail = [{ loc: ["body", "dut"], msg: "Field required" }];
  const refusal = jsonAnswer(422, { detail });
  refusal.headers.set("retry-after", "7");
  service.http.prepare(REPORT, refusal);
  assert.deepEqual(await postTestReport(service, DOCUMENT, options), {
    kind: "not_created",
    details: [{ path: "/dut", message: "Field required" }],
    retryAfter: "7",
    status: 422,
  });
});

for (const received of [answer(401, "401 Unauthorized"), ...signIn]) {
  Deno.test(`postTestReport() and checkHealth() take ${where(received)} for "not logged in"`, async () => {
    assert.equal(await uploaded(received), "login_required");
    assert.equal(await health(received), "login_required");
  });
}

for (const received of elsewhere) {
  Deno.test(`postTestReport() and checkHealth() do not take ${where(received)} for a sign-in`, async () => {
    assert.equal(await uploaded(received), "not_standcloud");
    assert.equal(await health(received), "not_standcloud");
  });
}

async function health(received: HttpAnswer): Promise<string> {
  using service = fakeService();
  service.http.prepare(HEALTH, received);
  const { state, status } = await checkHealth(service, token);
  assert.equal(status, received.status);
  return state;
}

const healths: [received: HttpAnswer, state: string][] = [
  [answer(200, "{}"), "ok"],
  [answer(200, " {}\n"), "ok"],
  [answer(200, "<html>Sign in</html>"), "not_standcloud"],
  [answer(200, ""), "not_standcloud"],
  [answer(200, '{"status":"ok"}'), "not_standcloud"],
  [answer(201, "{}"), "not_standcloud"],
  [answer(403, "{}"), "not_allowed"],
  [answer(404, "{}"), "not_standcloud"],
  [answer(429), "unavailable"],
  [answer(500, "{}"), "unavailable"],
  [answer(503), "unavailable"],
];

for (const [received, state] of healths) {
  const body = new TextDecoder().decode(received.body);
  Deno.test(`checkHealth() takes ${received.status} with "${body.trim()}" for ${state}`, async () => {
    assert.equal(await health(received), state);
  });
}

for (
  const [status, kind] of [[201, "created"], [422, "not_created"], [
    503,
    "not_created",
  ]] as const
) {
  Deno.test(`postTestReport() takes ${status} for ${kind} although the body broke off`, async () => {
    assert.equal(await uploaded(brokenOff(answer(status))), kind);
  });
}

Deno.test("checkHealth() trusts no answer whose body broke off", async () => {
  assert.equal(await health(brokenOff(answer(200))), "unavailable");
  assert.equal(await health(brokenOff(answer(401))), "login_required");
});

for (const text of ["a\r\nX-Evil: 1", "ключ", "two words", ""]) {
  Deno.test(`postTestReport() and checkHealth() never send the token ${JSON.stringify(text)}`, async () => {
    using service = fakeService();
    const wrong = new Secret(text);
    const refused = appError("login_refused", /letters that cannot be sent$/);
    await assert.rejects(checkHealth(service, wrong), refused);
    await assert.rejects(
      postTestReport(service, DOCUMENT, { ...options, token: wrong }),
      refused,
    );
  });
}

Deno.test("checkHealth() sends the token in one header only, and can be interrupted (duty 24)", async () => {
  using service = fakeService();
  service.http.prepare(HEALTH, answer(200, "{}"));
  const { signal } = new AbortController();
  await checkHealth(service, token, signal);
  assert.deepEqual(service.http.requests, [{
    method: "GET",
    headers: { authorization: "Bearer canary", accept: "application/json" },
    timeoutMilliseconds: 10_000,
    signal,
  }]);
});

Deno.test("postTestReport() and checkHealth() say that StandCloud cannot be reached, without the token", async () => {
  using service = fakeService();
  const failure = new HttpFailure("refused", "The connection was refused");
  service.http.prepare(REPORT, failure).prepare(HEALTH, failure);
  const expected = appError(
    "unreachable",
    /^Cannot reach demo\.standcloud\.io: the connection was refused$/,
  );
  await assert.rejects(postTestReport(service, DOCUMENT, options), expected);
  await assert.rejects(checkHealth(service, token), expected);
});
