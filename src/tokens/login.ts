import * as z from "../system/schema.ts";
import { Secret } from "../system/secret.ts";
import type { TokenSet } from "../standcloud/authorization_server.ts";

/** A stored login: what one `.age` file holds. */
export type Login = OAuthLogin | ApiKeyLogin;

interface LoginBase {
  /** The address the login is for, as `Address.text` writes it. */
  readonly address: string;
  readonly obtainedAt: Date;
}

export interface OAuthLogin extends LoginBase {
  readonly flow: "browser" | "device";
  readonly accessToken: Secret;
  readonly refreshToken: Secret | undefined;
  readonly tokenType: string;
  /** Undefined when the server did not say. */
  readonly expiresAt: Date | undefined;
  readonly scope: string;
}

export interface ApiKeyLogin extends LoginBase {
  readonly flow: "api-key";
  readonly apiKey: Secret;
}

const isoDate = z.string().check(
  z.refine((text) => !Number.isNaN(Date.parse(text))),
);
const base = {
  version: z.literal(1),
  address: z.string(),
  "obtained_at": isoDate,
};
const fileSchema = z.discriminatedUnion("flow", [
  z.object({
    ...base,
    flow: z.literal(["browser", "device"]),
    "access_token": z.string(),
    "refresh_token": z.nullable(z.string()),
    "token_type": z.string(),
    "expires_at": z.nullable(isoDate),
    scope: z.string(),
  }),
  z.object({ ...base, flow: z.literal("api-key"), "api_key": z.string() }),
]);

/** The decrypted text of a login file, version 1. */
export function formatLogin(login: Login): string {
  const common = {
    version: 1,
    address: login.address,
    flow: login.flow,
    "obtained_at": login.obtainedAt.toISOString(),
  };
  return JSON.stringify(
    login.flow === "api-key"
      ? { ...common, "api_key": login.apiKey.reveal() }
      : {
        ...common,
        "access_token": login.accessToken.reveal(),
        "refresh_token": login.refreshToken?.reveal() ?? null,
        "token_type": login.tokenType,
        "expires_at": login.expiresAt?.toISOString() ?? null,
        scope: login.scope,
      },
  );
}

/** Undefined when the text is not a login of a version this program knows. */
export function parseLogin(text: string): Login | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { success, data } = z.safeParse(fileSchema, json);
  if (!success) return undefined;
  const common = {
    address: data.address,
    obtainedAt: new Date(data.obtained_at),
  };
  if (data.flow === "api-key") {
    return { ...common, flow: data.flow, apiKey: new Secret(data.api_key) };
  }
  return {
    ...common,
    flow: data.flow,
    accessToken: new Secret(data.access_token),
    refreshToken: data.refresh_token === null
      ? undefined
      : new Secret(data.refresh_token),
    tokenType: data.token_type,
    expiresAt: data.expires_at === null ? undefined : new Date(data.expires_at),
    scope: data.scope,
  };
}

/** No real token lives longer; more would be outside what a date can hold. */
const LONGEST_SECONDS = 10 * 365 * 24 * 3600;

/** The login that a token endpoint's answer makes of what was known before. */
export function loginFrom(
  tokens: TokenSet,
  before: Pick<OAuthLogin, "address" | "flow"> & Partial<OAuthLogin>,
  now: Date,
): OAuthLogin {
  const { expiresIn } = tokens;
  return {
    address: before.address,
    flow: before.flow,
    obtainedAt: now,
    accessToken: tokens.accessToken,
    // A server that does not rotate gives no new one (RFC 6749 section 6).
    refreshToken: tokens.refreshToken ?? before.refreshToken,
    tokenType: tokens.tokenType,
    expiresAt: expiresIn === undefined ? undefined : new Date(
      now.getTime() + Math.min(expiresIn, LONGEST_SECONDS) * 1000,
    ),
    scope: tokens.scope,
  };
}
