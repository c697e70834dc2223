import { type Address, parseAddress } from "../../src/standcloud/address.ts";
import { Secret } from "../../src/system/secret.ts";
import type { ApiKeyLogin, Login, OAuthLogin } from "../../src/tokens/login.ts";
import { NOON } from "../system/fake_clock.ts";

export const ADDRESS_TEXT = "demo.standcloud.io";
export const address: Address = parseAddress(ADDRESS_TEXT);

/** A browser login made at noon, good for an hour. */
export function oauthLogin(changes: Partial<OAuthLogin> = {}): OAuthLogin {
  return {
    address: ADDRESS_TEXT,
    flow: "browser",
    obtainedAt: NOON,
    accessToken: new Secret("access-1"),
    refreshToken: new Secret("refresh-1"),
    tokenType: "bearer",
    expiresAt: new Date(NOON.getTime() + 3600_000),
    scope: "offline_access authelia.bearer.authz",
    ...changes,
  };
}

export function apiKeyLogin(changes: Partial<ApiKeyLogin> = {}): ApiKeyLogin {
  return {
    address: ADDRESS_TEXT,
    flow: "api-key",
    obtainedAt: NOON,
    apiKey: new Secret("key-1"),
    ...changes,
  };
}

/** The whole login, secrets too, which no comparison looks into. */
export function plain(login: Login | undefined): unknown {
  return login && Object.fromEntries(
    Object.entries(login).map(([key, value]) => [
      key,
      value instanceof Secret ? { secret: value.reveal() } : value,
    ]),
  );
}
