import assert from "node:assert/strict";
import { keepLogin, type KeptLogin } from "../../src/login/keep_login.ts";
import { discoverAuthorizationServer } from "../../src/standcloud/authorization_server.ts";
import type { TokenSet } from "../../src/standcloud/token_set.ts";
import { AppError } from "../../src/system/app_error.ts";
import { HttpFailure } from "../../src/system/http_failure.ts";
import { Secret } from "../../src/system/secret.ts";
import type { Login } from "../../src/tokens/login.ts";
import {
  DISCOVERY,
  type FakeService,
  fakeService,
  HEALTH,
  metadata,
  REVOKE,
  TOKEN,
  tokenAnswer,
} from "../standcloud/fake_service.ts";
import { appError } from "../system/errors.ts";
import {
  answer,
  formOf,
  jsonAnswer,
  type PreparedAnswer,
} from "../system/fake_http_client.ts";
import { fakeSystem } from "../system/fake_system.ts";
import { fakeTokenStore } from "../tokens/fake_token_store.ts";
import { address, apiKeyLogin, oauthLogin, plain } from "../tokens/logins.ts";

/** What a sign-in has given. */
const issued: TokenSet = {
  accessToken: new Secret("access-new"),
  refreshToken: new Secret("refresh-new"),
  tokenType: "bearer",
  expiresIn: 3600,
  scope: "offline_access authelia.bearer.authz",
};

type Step = [request: string, answer: PreparedAnswer];

interface Kept {
  readonly kept: Promise<KeptLogin>;
  readonly store: { readonly login: Login | undefined };
  readonly service: FakeService;
}

/** Keeps what was issued, while the service answers so. */
async function keep(
  service: FakeService,
  steps: readonly Step[],
  { before, flow = "device" }: {
    before?: Login;
    flow?: "device" | "browser";
  } = {},
): Promise<Kept> {
  service.http.prepare(DISCOVERY, jsonAnswer(200, metadata));
  for (const [request, reply] of steps) service.http.prepare(request, reply);
  const server = await discoverAuthorizationServer(service);
  const store = fakeTokenStore(before);
  const system = fakeSystem("/nowhere");
  const place = { system, service, server, store };
  const kept = keepLogin(issued, flow, place);
  kept.catch(() => {});
  return { kept, store, service };
}

/** The forms that were sent to the sign-in service. */
function forms({ http }: FakeService): Record<string, string>[] {
  return http.requests.filter(({ body }) => body !== undefined)
    .map((request) => Object.fromEntries(formOf(request)));
}

const GOOD: Step = [HEALTH, answer(200, "{}")];
const REFUSED: Step = [HEALTH, answer(401, "401 Unauthorized")];
const INVALID_TARGET: Step = [
  TOKEN,
  jsonAnswer(400, { error: "invalid_target" }),
];
const RENEWED: Step = [TOKEN, tokenAnswer()];
const REVOKED: Step[] = [[REVOKE, answer(200)], [REVOKE, answer(200)]];

Deno.test("keepLogin() saves a login that the API accepts, and says whose place it took", async () => {
  using service = fakeService();
  const before = oauthLogin();
  const { kept, store } = await keep(service, [GOOD], { before });
  const { login, unasked, replaced } = await kept;
  assert.deepEqual([login, unasked, replaced], [
    store.login,
    undefined,
    before,
  ]);
});

Deno.test("keepLogin() gives no tokens to revoke where an API key was stored", async () => {
  using service = fakeService();
  const before = apiKeyLogin();
  const { kept } = await keep(service, [GOOD], { before });
  assert.equal((await kept).replaced, undefined);
});

Deno.test("keepLogin() renews a login that the API refuses once, with the audience, and saves what works", async () => {
  using service = fakeService();
  const steps = [REFUSED, RENEWED, GOOD];
  const { kept, store } = await keep(service, steps);
  await kept;
  const { accessToken } = plain(store.login) as Record<string, unknown>;
  assert.deepEqual(accessToken, { secret: "access-2" });
  assert.deepEqual(forms(service), [{
    "client_id": "hardpy-report-uploader",
    "grant_type": "refresh_token",
    "refresh_token": "refresh-new",
    audience: address.apiBase,
  }]);
});

Deno.test("keepLogin() asks without the audience after invalid_target, and keeps nothing that the API still refuses", async () => {
  using service = fakeService();
  const before = oauthLogin();
  const steps = [REFUSED, INVALID_TARGET, RENEWED, REFUSED, ...REVOKED];
  const { kept, store } = await keep(service, steps, { before });
  await assert.rejects(kept, (error: AppError) => {
    assert.deepEqual([error.exitCode, error.httpStatus], [3, 401]);
    assert.match(
      error.hints.join("\n"),
      /^run: .* --flow browser\nuse an API key: .* --flow api-key$/,
    );
    return appError("login_refused", /device codes give no access/)(error);
  });
  assert.equal(store.login, before);
  const [asked, again, ...revoked] = forms(service);
  assert.deepEqual([asked?.["audience"], again?.["audience"]], [
    address.apiBase,
    undefined,
  ]);
  assert.equal(again?.["refresh_token"], "refresh-new");
  assert.deepEqual(revoked.map(({ token }) => token), [
    "refresh-2",
    "access-2",
  ]);
});

const endings: [
  what: string,
  steps: Step[],
  code: AppError["code"],
  message: RegExp,
][] = [
  [
    "is not allowed",
    [[HEALTH, answer(403, "403 Forbidden")]],
    "not_allowed",
    /does not allow this account/,
  ],
  [
    "meets a page in place of the API",
    [[HEALTH, answer(200, "<html>", { "content-type": "text/html" })]],
    "not_standcloud",
    /HTTP 200/,
  ],
  [
    "is refused and cannot be renewed",
    [REFUSED, [TOKEN, jsonAnswer(400, { error: "invalid_grant" })]],
    "login_refused",
    /refuses the new login \(HTTP 401\)$/,
  ],
];

for (const [what, steps, code, message] of endings) {
  Deno.test(`keepLogin() revokes a new login that ${what}, and leaves the one before`, async () => {
    using service = fakeService();
    const before = oauthLogin();
    const { kept, store } = await keep(service, [...steps, ...REVOKED], {
      before,
      flow: "browser",
    });
    await assert.rejects(kept, appError(code, message));
    assert.equal(store.login, before);
    assert.deepEqual(
      forms(service).slice(-2).map(({ token }) => token),
      ["refresh-new", "access-new"],
    );
  });
}

const unasked: [what: string, reply: PreparedAnswer][] = [
  ["is away", new HttpFailure("connection", "The connection failed")],
  ["is out of order", answer(503)],
  [
    "is not waited for after Ctrl-C",
    new AppError("interrupted", "Interrupted"),
  ],
];

for (const [what, reply] of unasked) {
  Deno.test(`keepLogin() saves a login while StandCloud ${what}, and says that it could not ask`, async () => {
    using service = fakeService();
    const { kept, store } = await keep(service, [[HEALTH, reply]]);
    const { login, unasked } = await kept;
    assert.equal(login, store.login);
    assert.ok(unasked !== undefined && unasked !== "");
  });
}
