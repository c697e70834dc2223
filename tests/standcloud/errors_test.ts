import assert from "node:assert/strict";
import { authorizationError } from "../../src/standcloud/authorization_error.ts";
import {
  connectionError,
  notStandCloud,
} from "../../src/standcloud/connection_error.ts";
import { AppError, type ErrorCode } from "../../src/system/app_error.ts";
import {
  HttpFailure,
  type HttpFailureReason,
} from "../../src/system/http_failure.ts";
import { appError } from "../system/errors.ts";
import { address } from "../tokens/logins.ts";

const reasons: [reason: HttpFailureReason, code: ErrorCode, hint: RegExp][] = [
  ["timeout", "unreachable", /HTTPS_PROXY/],
  ["unknown_host", "unreachable", /typing errors/],
  ["refused", "unreachable", /network/],
  ["connection", "unreachable", /network/],
  ["certificate", "certificate_refused", /--ca-file PATH/],
  ["certificate_from_future", "clock_wrong", /clock/],
];

for (const [reason, code, hint] of reasons) {
  Deno.test(`connectionError() and authorizationError() take ${reason} for ${code}`, () => {
    const failure = new HttpFailure(reason, "What happened");
    for (const translate of [connectionError, authorizationError]) {
      const error = translate(address, failure);
      appError(code, /demo\.standcloud\.io: what happened$/)(error);
      assert.ok(error instanceof AppError);
      assert.match(error.hints.join("\n"), hint);
      assert.equal(error.exitCode, 4);
    }
  });
}

Deno.test("connectionError() gives back what is no failed request", () => {
  for (const other of [new Error("x"), new AppError("usage", "x"), "x", null]) {
    assert.equal(connectionError(address, other), other);
  }
});

Deno.test("notStandCloud() carries the status of the answer", () => {
  assert.equal(notStandCloud(address, "x").httpStatus, undefined);
  assert.equal(notStandCloud(address, "x", 418).httpStatus, 418);
});

const protocol: [error: string, code: ErrorCode, message: RegExp][] = [
  ["invalid_grant", "login_refused", /The login to .* has failed: .*\(inv/],
  ["access_denied", "login_refused", /denied at .* \(access_denied\)/],
  ["server_error", "unreachable", /out of order/],
  ["temporarily_unavailable", "unreachable", /out of order/],
  ["invalid_client", "login_refused", /refused the login/],
  ["invalid_scope", "login_refused", /invalid_scope/],
  ["unheard_of", "login_refused", /unheard_of/],
];

for (const [error, code, message] of protocol) {
  Deno.test(`authorizationError() takes the error ${error} for ${code}`, () => {
    const fields = { error, "error_description": "Because" };
    const answer = Object.assign(new Error("library"), fields);
    const known = authorizationError(address, answer);
    appError(code, message)(known);
    assert.ok(known instanceof AppError);
    assert.equal(known.detail, "Because");
    const bare = Object.assign(new Error("library"), { error });
    appError(code, new RegExp(`\\(${error}\\)`))(
      authorizationError(address, bare),
    );
  });
}

Deno.test("authorizationError() takes the error invalid_grant of a renewal for login_ended", () => {
  const answer = Object.assign(new Error("x"), { error: "invalid_grant" });
  appError("login_ended", /has ended \(invalid_grant\)/)(
    authorizationError(address, answer, "renewal"),
  );
});

Deno.test("authorizationError() tells who was denied what to press", () => {
  const denied = Object.assign(new Error("x"), { error: "access_denied" });
  const error = authorizationError(address, denied);
  assert.ok(error instanceof AppError);
  assert.deepEqual(error.hints, [
    "run: standcloud sc-login demo.standcloud.io, and press Accept",
  ]);
});

Deno.test("authorizationError() cuts what the server says at length", () => {
  const long = "x".repeat(1_000_000);
  const answers = [
    { error: "invalid_grant", "error_description": long },
    { error: long },
  ];
  for (const fields of answers) {
    const error = authorizationError(
      address,
      Object.assign(new Error("x"), fields),
    );
    assert.ok(error instanceof AppError);
    assert.ok(error.message.length < 200, `${error.message.length}`);
    assert.ok((error.detail ?? "").length <= 500);
  }
});

const statuses: [status: number, code: ErrorCode][] = [
  [500, "unreachable"],
  [503, "unreachable"],
  [429, "unreachable"],
  [404, "not_standcloud"],
  [302, "not_standcloud"],
  [200, "not_standcloud"],
];

for (const [status, code] of statuses) {
  Deno.test(`authorizationError() takes an answer with status ${status} that is no OAuth for ${code}`, () => {
    const cause = new Response(null, { status });
    const error = authorizationError(address, new Error("x", { cause }));
    appError(code, new RegExp(`HTTP ${status}`))(error);
    const challenge = Object.assign(new Error("x"), { status });
    appError(code, new RegExp(`HTTP ${status}`))(
      authorizationError(address, challenge),
    );
  });
}

for (const status of [429, 500, 503]) {
  Deno.test(`authorizationError() takes status ${status} for a passing fault whatever OAuth error it carries`, () => {
    const fields = { status, error: "invalid_grant" };
    const error = Object.assign(new Error("x"), fields);
    const expected = appError("unreachable", new RegExp(`HTTP ${status}`));
    expected(authorizationError(address, error));
  });
}

Deno.test("authorizationError() drops the library's error, which holds tokens", () => {
  const cause = { parameters: { "access_token": "canary" } };
  const library = new Error("unexpected token_type", { cause });
  const error = authorizationError(address, library);
  assert.doesNotMatch(Deno.inspect(error), /canary/);
  appError("not_standcloud", /unexpected token_type/)(error);
});

Deno.test("authorizationError() lets our own errors, aborts and strangers pass", () => {
  const ours = new AppError("not_standcloud", "x");
  const abort = new DOMException("x", "AbortError");
  for (const other of [ours, abort, "x"]) {
    assert.equal(authorizationError(address, other), other);
  }
});

for (
  const [header, hint] of [
    ["120", "try again in 120 s"],
    ["Tue, 01 Dec 2026 08:30:00 GMT", "try again after 2026-12-01T08:30:00Z"],
    ["soon", "try again later"],
  ] as const
) {
  Deno.test(`authorizationError() tells the end of a Retry-After of ${header}`, () => {
    const headers = { "retry-after": header };
    const cause = new Response(null, { status: 503, headers });
    const error = authorizationError(
      address,
      new Error("no OAuth", { cause }),
    );
    assert.deepEqual((error as AppError).hints, [hint]);
  });
}
