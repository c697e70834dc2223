import assert from "node:assert/strict";
import type { AppError } from "../../src/system/app_error.ts";
import { HttpFailure } from "../../src/system/http_failure.ts";
import { DEVICE, fakeService } from "../standcloud/fake_service.ts";
import { appError } from "../system/errors.ts";
import { answer, type PreparedAnswer } from "../system/fake_http_client.ts";
import {
  attempt,
  HTML,
  PENDING,
  polled,
  refusal,
  started,
} from "./device_attempt.ts";

const ends: [
  what: string,
  answers: PreparedAnswer[],
  code: AppError["code"],
  message: RegExp,
][] = [
  ["access_denied", [refusal("access_denied")], "login_refused", /denied/],
  [
    "access_denied with 403",
    [
      refusal("access_denied", 403),
    ],
    "login_refused",
    /denied/,
  ],
  ["expired_token", [refusal("expired_token")], "login_timed_out", /expired/],
  ["invalid_grant", [refusal("invalid_grant")], "login_refused", /has failed/],
  [
    "invalid_client",
    [
      refusal("invalid_client", 401),
    ],
    "login_refused",
    /invalid_client/,
  ],
  [
    "server_error",
    [refusal("server_error", 500)],
    "login_refused",
    /ended the sign-in \(server_error\): it was denied/,
  ],
  [
    "the third page in a row",
    [
      HTML,
      HTML,
      HTML,
    ],
    "not_standcloud",
    /HTTP 200/,
  ],
  [
    "an unknown authority",
    [
      new HttpFailure("certificate", "The certificate was refused"),
    ],
    "certificate_refused",
    /certificate/,
  ],
];

for (const [what, answers, code, message] of ends) {
  Deno.test(`logInWithDevice() ends at ${what} (duty 33)`, async () => {
    using service = fakeService();
    polled(service, answers);
    const { login, store } = attempt(service);
    await assert.rejects(login, appError(code, message));
    assert.deepEqual([store.login, store.calls], [undefined, ["requireRoom"]]);
  });
}

const unavailable: [what: string, reply: PreparedAnswer][] = [
  ["has no such endpoint", answer(404, "Not Found")],
  ["refuses the client", refusal("unauthorized_client")],
  ["refuses the scope", refusal("invalid_scope")],
  ["gives no reason, as Authelia", answer(400, "{}")],
];

for (const [what, reply] of unavailable) {
  Deno.test(`logInWithDevice() names the next flow when the server ${what}`, async () => {
    using service = fakeService();
    service.prepareOAuth(DEVICE, reply);
    const error: AppError = await attempt(service).login.then<
      AppError,
      AppError
    >(
      () => assert.fail("it went on"),
      (reason) => reason,
    );
    assert.equal(error.code, "flow_unavailable");
    assert.match(error.hints.join("\n"), /--flow browser\n.*--flow api-key/);
  });
}

const pages = [
  "javascript:alert(1)",
  "file:///etc/passwd",
  "http://demo.standcloud.io/device",
  "https://me:secret@demo.standcloud.io/",
  "demo.standcloud.io/device",
  `https://demo.standcloud.io/${"x".repeat(3000)}`,
];

for (const page of pages) {
  for (const key of ["verification_uri", "verification_uri_complete"]) {
    Deno.test(`logInWithDevice() sends nobody to ${page.slice(0, 40)} as ${key} (duty 32)`, async () => {
      using service = fakeService();
      service.prepareOAuth(DEVICE, started({ [key]: page }));
      await assert.rejects(
        attempt(service).login,
        appError("not_standcloud", /no https:\/\/ page/),
      );
    });
  }
}

Deno.test("logInWithDevice() tells of Deny at the first answer that shows it, one interval after the press at most (duty 33)", async () => {
  using service = fakeService();
  polled(service, [PENDING, refusal("server_error", 500)]);
  const { login, system } = attempt(service);
  await assert.rejects(login, appError("login_refused"));
  assert.equal(system.clock.monotonic(), 2 * 10_000);
});
