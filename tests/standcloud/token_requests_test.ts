import assert from "node:assert/strict";
import {
  discoverAuthorizationServer,
} from "../../src/standcloud/authorization_server.ts";
import type { PendingAuthorization } from "../../src/standcloud/authorization_code.ts";
import type { ErrorCode } from "../../src/system/app_error.ts";
import type { HttpAnswer } from "../../src/system/http_client.ts";
import { Secret } from "../../src/system/secret.ts";
import { appError } from "../system/errors.ts";
import {
  answer,
  brokenOff,
  formOf,
  jsonAnswer,
} from "../system/fake_http_client.ts";
import { address } from "../tokens/logins.ts";
import { fakeService, REVOKE, TOKEN, tokenAnswer } from "./fake_service.ts";
import { pending, REDIRECT } from "./pending.ts";

Deno.test("redeem() sends code, verifier and the same redirect URI (duty 20)", async () => {
  using service = fakeService();
  const [server, request] = await pending(service);
  service.http.prepare(TOKEN, tokenAnswer());
  const tokens = await server.redeem(request, response(request));
  assert.deepEqual(
    {
      ...tokens,
      accessToken: tokens.accessToken.reveal(),
      refreshToken: tokens.refreshToken?.reveal(),
    },
    {
      accessToken: "access-2",
      refreshToken: "refresh-2",
      tokenType: "bearer",
      expiresIn: 3600,
      scope: "offline_access authelia.bearer.authz",
    },
  );
  assert.deepEqual(Object.fromEntries(formOf(service.http.requests[2])), {
    "grant_type": "authorization_code",
    "client_id": "hardpy-report-uploader",
    code: "code-1",
    "redirect_uri": REDIRECT,
    "code_verifier": request.codeVerifier.reveal(),
  });
});

/** The authorization response of a server that said yes. */
function response(
  { state }: PendingAuthorization,
  changes: Record<string, string | undefined> = {},
): URLSearchParams {
  const parameters = new URLSearchParams();
  const fields = { code: "code-1", state: state.reveal(), iss: address.issuer };
  for (const [name, value] of Object.entries({ ...fields, ...changes })) {
    if (value !== undefined) parameters.append(name, value);
  }
  return parameters;
}

const wrongResponses: [
  what: string,
  changes: Record<string, string | undefined>,
  code: ErrorCode,
][] = [
  ["without iss", { iss: undefined }, "not_standcloud"],
  ["with another iss", { iss: "https://evil.example" }, "not_standcloud"],
  [
    "with iss in capitals",
    { iss: address.issuer.toUpperCase() },
    "not_standcloud",
  ],
  ["with a slash behind iss", { iss: `${address.issuer}/` }, "not_standcloud"],
  ["with another state", { state: "other" }, "not_standcloud"],
  ["without a code", { code: undefined }, "not_standcloud"],
  ["that denies", { code: undefined, error: "access_denied" }, "login_refused"],
  ["that denies and has a code", { error: "access_denied" }, "login_refused"],
];

for (const [what, changes, code] of wrongResponses) {
  Deno.test(`redeem() does not redeem the code of a response ${what} (duty 29)`, async () => {
    using service = fakeService();
    const [server, request] = await pending(service);
    await assert.rejects(
      server.redeem(request, response(request, changes)),
      (error: Error) => {
        assert.ok(!Deno.inspect(error).includes(request.state.reveal()));
        return appError(code)(error);
      },
    );
  });
}

const wrongTokens: [what: string, received: HttpAnswer][] = [
  ["no access_token", tokenAnswer({ "access_token": undefined })],
  ["another token_type", tokenAnswer({ "token_type": "mac" })],
  ["no token_type", tokenAnswer({ "token_type": undefined })],
  ["a line break", tokenAnswer({ "access_token": "access-2\r\nX: 1" })],
  ["other letters", tokenAnswer({ "access_token": "access-2\u0430" })],
  ["a page", answer(200, "<html>canary</html>")],
  ["a redirect", answer(302, "", { location: "https://evil.example/" })],
];

for (const [what, received] of wrongTokens) {
  Deno.test(`refresh() takes no token of an answer with ${what}, and repeats none (duty 21)`, async () => {
    using service = fakeService();
    service.prepareOAuth(TOKEN, received);
    const server = await discoverAuthorizationServer(service);
    await assert.rejects(
      server.refresh(new Secret("canary")),
      (error: Error) => {
        assert.doesNotMatch(Deno.inspect(error), /canary|access-2|refresh-2/);
        return appError("not_standcloud")(error);
      },
    );
  });
}

Deno.test("refresh() asks again without the audience after invalid_target, and after no other error", async () => {
  using service = fakeService();
  const refuse = (error: string) => jsonAnswer(400, { error });
  service.prepareOAuth(TOKEN, refuse("invalid_target"), tokenAnswer());
  const server = await discoverAuthorizationServer(service);
  const { accessToken } = await server.refresh(new Secret("r"));
  assert.equal(accessToken.reveal(), "access-2");
  const asked = service.http.requests.slice(1)
    .map((one) => formOf(one).get("audience"));
  assert.deepEqual(asked, [address.apiBase, null]);
  for (const error of ["invalid_request", "invalid_grant"]) {
    service.http.prepare(TOKEN, refuse(error));
    await assert.rejects(server.refresh(new Secret("r")));
  }
});

Deno.test("refresh() takes a number in quotes, no end, no scope and no new refresh token", async () => {
  using service = fakeService();
  service.prepareOAuth(TOKEN, tokenAnswer({ "expires_in": "60" }));
  const server = await discoverAuthorizationServer(service);
  assert.equal((await server.refresh(new Secret("r"))).expiresIn, 60);
  const bare = { "expires_in": undefined, scope: undefined };
  service.http.prepare(
    TOKEN,
    tokenAnswer({ ...bare, "refresh_token": undefined }),
  );
  const { expiresIn, refreshToken, scope } = await server.refresh(
    new Secret("r"),
  );
  assert.deepEqual([expiresIn, refreshToken], [undefined, undefined]);
  assert.equal(scope, "offline_access authelia.bearer.authz");
});

const lifetimes: [expiresIn: unknown, seconds: number | undefined][] = [
  [-1, 0],
  ["-1", 0],
  [0, 0],
  ["soon", undefined],
  [null, undefined],
];

for (const [expiresIn, seconds] of lifetimes) {
  Deno.test(`refresh() loses no token for an expires_in of ${JSON.stringify(expiresIn)}`, async () => {
    using service = fakeService();
    service.prepareOAuth(TOKEN, tokenAnswer({ "expires_in": expiresIn }));
    const server = await discoverAuthorizationServer(service);
    const tokens = await server.refresh(new Secret("r"));
    assert.equal(tokens.accessToken.reveal(), "access-2");
    assert.equal(tokens.expiresIn, seconds);
  });
}

Deno.test("refresh() takes a refresh token of null for none", async () => {
  using service = fakeService();
  service.prepareOAuth(TOKEN, tokenAnswer({ "refresh_token": null }));
  const server = await discoverAuthorizationServer(service);
  const tokens = await server.refresh(new Secret("r"));
  assert.equal(tokens.refreshToken, undefined);
});

Deno.test("refresh() takes a 200 that did not come whole for no answer", async () => {
  using service = fakeService();
  service.prepareOAuth(TOKEN, brokenOff(tokenAnswer()));
  const server = await discoverAuthorizationServer(service);
  await assert.rejects(
    server.refresh(new Secret("r")),
    appError("unreachable", /did not come whole/),
  );
});

Deno.test("revoke() names the kind of the token", async () => {
  using service = fakeService();
  service.prepareOAuth(REVOKE, answer(200));
  const server = await discoverAuthorizationServer(service);
  await server.revoke(new Secret("refresh-1"), "refresh_token");
  assert.deepEqual(Object.fromEntries(formOf(service.http.requests[1])), {
    "client_id": "hardpy-report-uploader",
    token: "refresh-1",
    "token_type_hint": "refresh_token",
  });
});

for (const status of [302, 400, 404, 503]) {
  Deno.test(`revoke() does not take ${status} for a yes`, async () => {
    using service = fakeService();
    service.prepareOAuth(REVOKE, answer(status));
    const server = await discoverAuthorizationServer(service);
    await assert.rejects(
      server.revoke(new Secret("refresh-1"), "refresh_token"),
    );
  });
}
