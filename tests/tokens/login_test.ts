import assert from "node:assert/strict";
import fc from "fast-check";
import { Secret } from "../../src/system/secret.ts";
import {
  formatLogin,
  type Login,
  loginFrom,
  parseLogin,
} from "../../src/tokens/login.ts";
import { NOON } from "../system/fake_clock.ts";
import { ADDRESS_TEXT, apiKeyLogin, oauthLogin, plain } from "./logins.ts";

const secret = fc.string({ unit: "binary" }).map((text) => new Secret(text));
const date = fc.date({ noInvalidDate: true });
const base = { address: fc.string(), obtainedAt: date };
const logins: fc.Arbitrary<Login> = fc.oneof(
  fc.record({
    ...base,
    flow: fc.constantFrom("browser", "device"),
    accessToken: secret,
    refreshToken: fc.option(secret, { nil: undefined }),
    tokenType: fc.string(),
    expiresAt: fc.option(date, { nil: undefined }),
    scope: fc.string(),
  }),
  fc.record({ ...base, flow: fc.constant("api-key"), apiKey: secret }),
);

Deno.test("parseLogin() gives back every login that formatLogin() wrote", () => {
  fc.assert(fc.property(logins, (login) => {
    assert.deepEqual(plain(parseLogin(formatLogin(login))), plain(login));
  }));
});

Deno.test("formatLogin() writes the fields of the contract", () => {
  assert.deepEqual(JSON.parse(formatLogin(oauthLogin())), {
    version: 1,
    address: ADDRESS_TEXT,
    flow: "browser",
    "access_token": "access-1",
    "refresh_token": "refresh-1",
    "token_type": "bearer",
    "expires_at": "2026-03-01T13:00:00.000Z",
    scope: "offline_access authelia.bearer.authz",
    "obtained_at": "2026-03-01T12:00:00.000Z",
  });
  assert.deepEqual(JSON.parse(formatLogin(apiKeyLogin())), {
    version: 1,
    address: ADDRESS_TEXT,
    flow: "api-key",
    "api_key": "key-1",
    "obtained_at": "2026-03-01T12:00:00.000Z",
  });
});

Deno.test("formatLogin() writes when a login has ended, in the version that earlier programs know", () => {
  const text = formatLogin(oauthLogin({ endedAt: NOON }));
  assert.deepEqual(JSON.parse(text), {
    ...JSON.parse(formatLogin(oauthLogin())),
    "ended_at": "2026-03-01T12:00:00.000Z",
  });
  assert.deepEqual(
    plain(parseLogin(text)),
    plain(oauthLogin({ endedAt: NOON })),
  );
});

const written = JSON.parse(formatLogin(oauthLogin()));

Deno.test("parseLogin() ignores fields of later programs", () => {
  const more = JSON.stringify({ ...written, more: { x: 1 } });
  assert.deepEqual(plain(parseLogin(more)), plain(oauthLogin()));
});

for (const key of Object.keys(written)) {
  Deno.test(`parseLogin() refuses a login without ${key}`, () => {
    const { [key]: _, ...rest } = written;
    assert.equal(parseLogin(JSON.stringify(rest)), undefined);
  });
}

const wrong: Record<string, unknown> = {
  "another version": { ...written, version: 2 },
  "a version in quotes": { ...written, version: "1" },
  "another flow": { ...written, flow: "password" },
  "an API key's flow without one": { ...written, flow: "api-key" },
  "a token that is no text": { ...written, "access_token": 5 },
  "a date that is none": { ...written, "expires_at": "soon" },
  "an end that is no date": { ...written, "ended_at": true },
  "a date that is a number": { ...written, "obtained_at": 1772366400 },
  "a list": [written],
  "a text": "access-1",
  "nothing": null,
};

for (const [what, value] of Object.entries(wrong)) {
  Deno.test(`parseLogin() refuses ${what}`, () => {
    assert.equal(parseLogin(JSON.stringify(value)), undefined);
  });
}

Deno.test("parseLogin() refuses what is no JSON", () => {
  for (const text of ["", "{", JSON.stringify(written).slice(0, -1)]) {
    assert.equal(parseLogin(text), undefined);
  }
});

const tokens = {
  accessToken: new Secret("access-2"),
  refreshToken: new Secret("refresh-2"),
  tokenType: "bearer",
  expiresIn: 60,
  scope: "offline_access",
};

Deno.test("loginFrom() makes the next login of the answer and the one before", () => {
  assert.deepEqual(plain(loginFrom(tokens, oauthLogin(), NOON)), {
    address: ADDRESS_TEXT,
    flow: "browser",
    obtainedAt: NOON,
    accessToken: { secret: "access-2" },
    refreshToken: { secret: "refresh-2" },
    tokenType: "bearer",
    expiresAt: new Date("2026-03-01T12:01:00.000Z"),
    scope: "offline_access",
  });
});

Deno.test("loginFrom() keeps the refresh token of a server that does not rotate", () => {
  const kept = loginFrom(
    { ...tokens, refreshToken: undefined },
    oauthLogin(),
    NOON,
  );
  assert.equal(kept.refreshToken?.reveal(), "refresh-1");
});

Deno.test("loginFrom() knows no end when the server does not say, and no end beyond dates", () => {
  const end = (expiresIn: number | undefined) =>
    loginFrom({ ...tokens, expiresIn }, oauthLogin(), NOON).expiresAt;
  assert.equal(end(undefined), undefined);
  assert.deepEqual(end(0), NOON);
  for (const huge of [1e12, Number.MAX_VALUE, Infinity]) {
    assert.equal(end(huge)?.getUTCFullYear(), 2036);
  }
});
