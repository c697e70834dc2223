import assert from "node:assert/strict";
import { discoverAuthorizationServer } from "../../src/standcloud/authorization_server.ts";
import type { ErrorCode } from "../../src/system/app_error.ts";
import type { HttpAnswer } from "../../src/system/http_client.ts";
import { appError } from "../system/errors.ts";
import { answer, formOf, jsonAnswer } from "../system/fake_http_client.ts";
import { address } from "../tokens/logins.ts";
import { DISCOVERY, fakeService, metadata, PUSH } from "./fake_service.ts";
import { pending, pushed, REDIRECT } from "./pending.ts";

Deno.test("pushAuthorizationRequest() pushes everything and puts none of it into the URL", async () => {
  using service = fakeService();
  const [, request] = await pending(service);
  const form = Object.fromEntries(formOf(service.http.requests[1]));
  const { state, "code_challenge": challenge = "", ...rest } = form;
  assert.deepEqual(rest, {
    "response_type": "code",
    "client_id": "hardpy-report-uploader",
    "redirect_uri": REDIRECT,
    scope: "offline_access authelia.bearer.authz",
    audience: address.apiBase,
    "code_challenge_method": "S256",
  });
  assert.equal(state, request.state.reveal());
  const digest = await crypto.subtle.digest(
    "SHA-256",
    new TextEncoder().encode(request.codeVerifier.reveal()),
  );
  assert.equal(
    challenge,
    new Uint8Array(digest).toBase64({
      alphabet: "base64url",
      omitPadding: true,
    }),
  );
  assert.equal(
    request.url.href,
    "https://demo.standcloud.io/auth/api/oidc/authorization" +
      "?client_id=hardpy-report-uploader" +
      "&request_uri=urn%3Aietf%3Aparams%3Aoauth%3Arequest_uri%3Aabc",
  );
  assert.equal(request.expiresIn, 300);
});

Deno.test("pushAuthorizationRequest() makes a state and a verifier of 32 random bytes each time (duties 11, 13)", async () => {
  using service = fakeService();
  const made = [(await pending(service))[1], (await pending(service))[1]];
  const texts = made.flatMap(({ state, codeVerifier }) => [
    state.reveal(),
    codeVerifier.reveal(),
  ]);
  assert.equal(new Set(texts).size, 4);
  for (const text of texts) assert.match(text, /^[\w-]{43}$/);
});

const refusedPushes: [what: string, received: HttpAnswer, code: ErrorCode][] = [
  [
    "200",
    jsonAnswer(200, { "request_uri": "urn:a", "expires_in": 1 }),
    "not_standcloud",
  ],
  ["a list", jsonAnswer(201, []), "not_standcloud"],
  ["no request_uri", jsonAnswer(201, { "expires_in": 1 }), "not_standcloud"],
  [
    "no expires_in",
    jsonAnswer(201, { "request_uri": "urn:a" }),
    "not_standcloud",
  ],
  ["a redirect", answer(302, "", { location: "/" }), "not_standcloud"],
  [
    "a page",
    answer(201, "<html>", { "content-type": "text/html" }),
    "not_standcloud",
  ],
  ["400", jsonAnswer(400, { error: "invalid_request" }), "login_refused"],
  ["401", jsonAnswer(401, { error: "invalid_client" }), "login_refused"],
  ["413", answer(413), "not_standcloud"],
  ["429", answer(429), "unreachable"],
  ["503", answer(503, "out of order"), "unreachable"],
];

for (const [what, received, code] of refusedPushes) {
  Deno.test(`pushAuthorizationRequest() gives no URL when the answer is ${what}`, async () => {
    using service = fakeService();
    service.prepareOAuth(PUSH, received);
    const server = await discoverAuthorizationServer(service);
    await assert.rejects(
      server.pushAuthorizationRequest(REDIRECT),
      appError(code),
    );
  });
}

Deno.test("discoverAuthorizationServer() takes a server that hides its metadata for Authelia", async () => {
  using service = fakeService();
  service.http.prepare(DISCOVERY, answer(404)).prepare(PUSH, pushed);
  const server = await discoverAuthorizationServer(service);
  await server.pushAuthorizationRequest(REDIRECT);
});

const wrongMetadata: [what: string, received: HttpAnswer, code: ErrorCode][] = [
  [
    "of another issuer",
    jsonAnswer(200, { ...metadata, issuer: "https://evil.example" }),
    "not_standcloud",
  ],
  [
    "with a stranger's token endpoint",
    jsonAnswer(200, { ...metadata, "token_endpoint": "https://evil.example/" }),
    "not_standcloud",
  ],
  ["that is a page", answer(200, "<html>"), "not_standcloud"],
  [
    "that is elsewhere",
    answer(302, "", { location: "https://evil.example/" }),
    "not_standcloud",
  ],
  ["with status 500", answer(500), "unreachable"],
];

for (const [what, received, code] of wrongMetadata) {
  Deno.test(`discoverAuthorizationServer() refuses metadata ${what}`, async () => {
    using service = fakeService();
    service.http.prepare(DISCOVERY, received);
    await assert.rejects(discoverAuthorizationServer(service), appError(code));
  });
}
