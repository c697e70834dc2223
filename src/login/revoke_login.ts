import { AppError, messageOf } from "../system/app_error.ts";
import { RequestLimit } from "../system/request_limit.ts";
import type { Clock } from "../system/clock.ts";
import {
  type AuthorizationServer,
  discoverAuthorizationServer,
} from "../standcloud/authorization_server.ts";
import type { Service } from "../standcloud/service.ts";
import type { OAuthLogin } from "../tokens/login.ts";

export interface RevokeOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Where it is known already. */
  readonly server?: AuthorizationServer;
}

/** All requests together, whatever the server does. */
const LIMIT_MILLISECONDS = 8000;

/**
 * Ends the tokens of a login at the server (RFC 7009).
 *
 * @returns the first problem, undefined when the server has said yes.
 * @throws what keeps the server from being found.
 */
export async function revokeLogin(
  service: Service,
  login: OAuthLogin,
  options: RevokeOptions,
): Promise<string | undefined> {
  const limit = new RequestLimit(LIMIT_MILLISECONDS, options.signal);
  using _limit = limit;
  try {
    const { signal } = limit;
    return await limit.within(
      revokeTokens(service, login, { ...options, signal }),
    );
  } catch (error) {
    options.signal.throwIfAborted();
    if (!limit.signal.aborted) throw error;
    return `no answer within ${LIMIT_MILLISECONDS / 1000} s`;
  }
}

async function revokeTokens(
  service: Service,
  { refreshToken, accessToken }: OAuthLogin,
  options: RevokeOptions,
): Promise<string | undefined> {
  const server = options.server ??
    await discoverAuthorizationServer(service, options.signal);
  // The refresh token first: with it anybody could make new access tokens.
  const refreshProblem = refreshToken && await problemOf(
    () => server.revoke(refreshToken, "refresh_token"),
    options,
  );
  const accessProblem = await problemOf(
    () => server.revoke(accessToken, "access_token"),
    options,
  );
  return refreshProblem ?? accessProblem;
}

/** A server that is away or out of order for a moment is asked once more. */
const RETRY_MILLISECONDS = 1000;

/** Undefined when the server has said yes. */
async function problemOf(
  action: () => Promise<void>,
  { clock, signal }: RevokeOptions,
): Promise<string | undefined> {
  try {
    await action();
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "unreachable") {
      return messageOf(error);
    }
    await clock.sleep(RETRY_MILLISECONDS, signal);
    return await action().then(() => undefined, messageOf);
  }
  return undefined;
}
