import { Secret } from "../system/secret.ts";
import type { TokenSet } from "../standcloud/token_set.ts";

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
  /** When the server refused to renew it: only a new login helps since then. */
  readonly endedAt?: Date;
}

export interface ApiKeyLogin extends LoginBase {
  readonly flow: "api-key";
  readonly apiKey: Secret;
}

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
        // Missing as long as the login is good, as in earlier versions.
        "ended_at": login.endedAt?.toISOString(),
      },
  );
}

/**
 * Undefined when the text is not a login of a version this program knows. By
 * hand, because every command reads a login and the schema library would take
 * a tenth of its start-up time.
 */
export function parseLogin(text: string): Login | undefined {
  const fields = parseFields(text);
  const address = stringOf(fields["address"]);
  const obtainedAt = dateOf(fields["obtained_at"]);
  if (fields["version"] !== 1) return undefined;
  if (address === undefined || obtainedAt === undefined) return undefined;
  const { flow } = fields;
  if (flow === "api-key") {
    const apiKey = stringOf(fields["api_key"]);
    return apiKey === undefined
      ? undefined
      : { address, obtainedAt, flow, apiKey: new Secret(apiKey) };
  }
  const tokens = tokensOf(fields);
  return tokens !== undefined && (flow === "browser" || flow === "device")
    ? { address, obtainedAt, flow, ...tokens }
    : undefined;
}

type Fields = Readonly<Record<string, unknown>>;

function parseFields(text: string): Fields {
  try {
    const json = JSON.parse(text);
    return typeof json === "object" && json !== null ? json : {};
  } catch {
    return {};
  }
}

function tokensOf(
  fields: Fields,
): Omit<OAuthLogin, "address" | "flow" | "obtainedAt"> | undefined {
  const accessToken = stringOf(fields["access_token"]);
  const refreshToken = stringOf(fields["refresh_token"]);
  const tokenType = stringOf(fields["token_type"]);
  const scope = stringOf(fields["scope"]);
  const expiresAt = dateOf(fields["expires_at"]);
  const endedAt = dateOf(fields["ended_at"]);
  const isWhole =
    (refreshToken !== undefined || isNull(fields, "refresh_token")) &&
    (expiresAt !== undefined || isNull(fields, "expires_at")) &&
    (endedAt !== undefined || fields["ended_at"] === undefined);
  if (!isWhole || accessToken === undefined) return undefined;
  if (tokenType === undefined || scope === undefined) return undefined;
  return {
    accessToken: new Secret(accessToken),
    refreshToken: refreshToken === undefined
      ? undefined
      : new Secret(refreshToken),
    tokenType,
    expiresAt,
    scope,
    ...(endedAt && { endedAt }),
  };
}

function isNull(fields: Fields, key: string): boolean {
  return fields[key] === null;
}

function stringOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function dateOf(value: unknown): Date | undefined {
  const date = typeof value === "string" ? new Date(value) : undefined;
  return Number.isNaN(date?.getTime()) ? undefined : date;
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
