import { AppError } from "../system/app_error.ts";
import type { Clock } from "../system/clock.ts";
import type { Secret } from "../system/secret.ts";
import type { TokenSet } from "../standcloud/authorization_server.ts";
import type { Service } from "../standcloud/service.ts";
import type { Login, OAuthLogin } from "./login.ts";
import type { TokenStore } from "./token_store.ts";

/** An access token with less time left than this is renewed before it is used. */
const EARLY_MILLISECONDS = 60_000;
/** No real token lives longer; more would be outside what a date can hold. */
const LONGEST_SECONDS = 10 * 365 * 24 * 3600;

export interface BearerOptions {
  readonly store: TokenStore;
  readonly clock: Clock;
  /** Used instead of any stored login. */
  readonly apiKey?: Secret | undefined;
  /** Asked when there is no stored login: the key of a hardpy.toml. */
  readonly configuredKey?: () => Promise<Secret | undefined>;
}

/**
 * Gives the bearer token for the next request, renewed when it is about to
 * expire. A token the server refused is passed back as `rejected` and is never
 * given again.
 *
 * @throws `not_logged_in`, `login_ended` when only a new login helps.
 */
export type BearerSource = (rejected?: Secret) => Promise<Secret>;

export function bearerSource(
  service: Service,
  options: BearerOptions,
): BearerSource {
  const { store, clock, apiKey } = options;
  const { address } = service;

  // Opening the file costs milliseconds; thousands of uploads share one login.
  let known: Login | undefined;

  async function load(): Promise<Login> {
    known = await store.load(address);
    if (known !== undefined) return known;
    const apiKey = await options.configuredKey?.();
    if (apiKey !== undefined) {
      known = {
        address: address.text,
        flow: "api-key",
        apiKey,
        obtainedAt: clock.now(),
      };
      return known;
    }
    throw new AppError("not_logged_in", `Not logged in to ${address.text}`, {
      hints: [`run: standcloud sc-login ${address.text}`],
    });
  }

  async function renewed(rejected: Secret | undefined): Promise<Secret> {
    using _lock = await store.lock(address);
    // Another process may have renewed the login while this one waited.
    const login = await load();
    if (login.flow === "api-key") return login.apiKey;
    if (isFresh(login, { clock, rejected })) return login.accessToken;
    if (login.refreshToken === undefined) throw ended(service);
    // Only a renewal needs the OAuth library; most uses start without it.
    const { discoverAuthorizationServer } = await import(
      "../standcloud/authorization_server.ts"
    );
    const server = await discoverAuthorizationServer(service);
    const tokens = await server.refresh(login.refreshToken);
    const next = loginFrom(tokens, login, clock.now());
    // The old refresh token is dead from here on: save before use.
    await store.save(address, next);
    known = next;
    return next.accessToken;
  }

  return async (rejected) => {
    if (apiKey !== undefined) {
      if (rejected === undefined) return apiKey;
      throw refusedKey(service, "STANDCLOUD_API_KEY");
    }
    const login = known ?? await load();
    if (login.flow === "api-key") {
      if (rejected === undefined) return login.apiKey;
      throw refusedKey(service, "the stored API key");
    }
    if (isFresh(login, { clock, rejected })) return login.accessToken;
    return await renewed(rejected);
  };
}

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

function isFresh(
  login: OAuthLogin,
  { clock, rejected }: { clock: Clock; rejected: Secret | undefined },
): boolean {
  if (rejected?.reveal() === login.accessToken.reveal()) return false;
  if (login.expiresAt === undefined) return true;
  const left = login.expiresAt.getTime() - clock.now().getTime();
  return left >= EARLY_MILLISECONDS;
}

function ended({ address }: Service): AppError {
  return new AppError("login_ended", `The login to ${address.text} has ended`, {
    hints: [`run: standcloud sc-login ${address.text}`],
  });
}

function refusedKey({ address }: Service, name: string): AppError {
  return new AppError("login_refused", `${address.text} refuses ${name}`, {
    hints: ["make a new API key in StandCloud's settings"],
  });
}
