import { messageOf } from "../system/app_error.ts";
import { discoverAuthorizationServer } from "../standcloud/authorization_server.ts";
import type { Service } from "../standcloud/service.ts";
import type { Login, OAuthLogin } from "../tokens/login.ts";
import type { TokenStore } from "../tokens/token_store.ts";

/** What became of a login. */
export interface LoggedOut {
  /** "unknown": the server could not be asked, or has no way to revoke. */
  readonly revoked: boolean | "unknown";
  /** Why `revoked` is not true. */
  readonly reason: string | undefined;
}

/**
 * Ends the login at the server (RFC 7009), then deletes it here, whatever the
 * server or a damaged file had to say.
 *
 * @returns undefined when there was no login.
 */
export async function logOut(
  service: Service,
  store: TokenStore,
): Promise<LoggedOut | undefined> {
  using _lock = await store.lock(service.address);
  let result: LoggedOut | undefined;
  try {
    const login = await store.load(service.address);
    result = login && await revoke(service, login);
  } catch (error) {
    result = { revoked: "unknown", reason: messageOf(error) };
  }
  const removed = await store.remove(service.address);
  return removed ? result : undefined;
}

async function revoke(service: Service, login: Login): Promise<LoggedOut> {
  if (login.flow === "api-key") {
    return {
      revoked: false,
      reason: "an API key is only ended in StandCloud's settings",
    };
  }
  try {
    await revokeTokens(service, login);
    return { revoked: true, reason: undefined };
  } catch (error) {
    return { revoked: "unknown", reason: messageOf(error) };
  }
}

async function revokeTokens(
  service: Service,
  login: OAuthLogin,
): Promise<void> {
  const server = await discoverAuthorizationServer(service);
  // The refresh token first: with it anybody could make new access tokens.
  if (login.refreshToken !== undefined) {
    await server.revoke(login.refreshToken, "refresh_token");
  }
  await server.revoke(login.accessToken, "access_token");
}
