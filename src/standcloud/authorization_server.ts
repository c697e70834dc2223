import type { Secret } from "../system/secret.ts";
import {
  type PendingAuthorization,
  push,
  redeem,
} from "./authorization_code.ts";
import { authorizationError, type Exchange } from "./authorization_error.ts";
import {
  autheliaMetadata,
  type AuthorizationMetadata,
  checkMetadata,
} from "./authorization_metadata.ts";
import {
  authorizeDevice,
  type DeviceAuthorization,
} from "./device_authorization.ts";
import { type DeviceAnswer, pollDevice } from "./device_poll.ts";
import { errorWord } from "./error_word.ts";
import * as oauth from "./oauth.ts";
import {
  CLIENT,
  type RequestOptions,
  requestOptions,
  tokenSet,
} from "./oauth_client.ts";
import { tolerated } from "./oauth_fetch.ts";
import type { Service } from "./service.ts";
import type { TokenSet } from "./token_set.ts";

/** The authorization server of a StandCloud service, as the public client of HardPy talks to it. */
export interface AuthorizationServer {
  pushAuthorizationRequest(redirectUri: string): Promise<PendingAuthorization>;
  /**
   * Judges the answer that came to the redirect URI (RFC 9207, RFC 6749
   * section 4.1.2) and redeems its code.
   *
   * @throws `login_refused` with the server's error, e.g. `access_denied`.
   */
  redeem(
    pending: PendingAuthorization,
    parameters: URLSearchParams,
  ): Promise<TokenSet>;
  /**
   * Asks for a user code (RFC 8628 section 3.1).
   *
   * @throws `flow_unavailable` when the server has none to give.
   */
  authorizeDevice(): Promise<DeviceAuthorization>;
  /**
   * Asks once whether the person has decided.
   *
   * @throws what ends the login for good, e.g. `login_refused`.
   */
  pollDevice(device: DeviceAuthorization): Promise<DeviceAnswer>;
  /**
   * Asks for the API's audience again: some versions of Authelia give the
   * tokens of a device code their audience only so. A server that refuses that
   * (`invalid_target`) is asked without; the refresh token is still good then.
   *
   * @throws `login_ended` when the refresh token is no longer good.
   */
  refresh(refreshToken: Secret): Promise<TokenSet>;
  /** RFC 7009; the server says yes for unknown tokens too. */
  revoke(
    token: Secret,
    kind: "refresh_token" | "access_token",
  ): Promise<void>;
}

/**
 * Finds the authorization server of an address. A server without metadata
 * (404) is taken for Authelia with its fixed paths.
 *
 * @param timeoutMilliseconds of this request alone.
 */
export async function discoverAuthorizationServer(
  service: Service,
  signal?: AbortSignal,
  timeoutMilliseconds?: number,
): Promise<AuthorizationServer> {
  const { address } = service;
  const options = requestOptions(service, signal, timeoutMilliseconds);
  const metadata = await judged(service, async () => {
    const issuer = new URL(address.issuer);
    const response = await oauth.discoveryRequest(issuer, options);
    if (response.status === 404) return autheliaMetadata(address);
    return checkMetadata(
      address,
      await oauth.processDiscoveryResponse(issuer, response),
    );
  });
  return connect(service, metadata, signal);
}

function connect(
  service: Service,
  metadata: AuthorizationMetadata,
  signal: AbortSignal | undefined,
): AuthorizationServer {
  const server = metadata as oauth.AuthorizationServer;
  const options = requestOptions(service, signal);
  // A rotated refresh token or a redeemed code whose answer is thrown away is
  // lost for good: these requests are not interrupted.
  const uninterrupted = requestOptions(service, undefined);
  return {
    pushAuthorizationRequest: (redirectUri) =>
      judged(service, () => push(service, server, { redirectUri, options })),
    redeem: (pending, parameters) =>
      judged(
        service,
        () => redeem(server, pending, { parameters, options: uninterrupted }),
      ),
    authorizeDevice: () =>
      judged(service, () => authorizeDevice(service, server, options)),
    pollDevice: (device) =>
      judged(
        service,
        () => pollDevice(service, server, { device, options: uninterrupted }),
      ),
    refresh: (refreshToken) =>
      judged(service, () =>
        refresh(server, refreshToken, {
          audience: service.address.apiBase,
          options: uninterrupted,
        }), "renewal"),
    revoke: (token, kind) =>
      judged(service, async () => {
        const response = await oauth.revocationRequest(
          server,
          CLIENT,
          oauth.None(),
          token.reveal(),
          { ...options, additionalParameters: { "token_type_hint": kind } },
        );
        await oauth.processRevocationResponse(response);
      }),
  };
}

async function refresh(
  server: oauth.AuthorizationServer,
  refreshToken: Secret,
  { audience, options }: { audience: string; options: RequestOptions },
): Promise<TokenSet> {
  const ask = (additionalParameters: Record<string, string>) =>
    oauth.refreshTokenGrantRequest(
      server,
      CLIENT,
      oauth.None(),
      refreshToken.reveal(),
      { ...options, additionalParameters },
    );
  let response = await ask({ audience });
  if (await errorWord(response) === "invalid_target") response = await ask({});
  return tokenSet(
    await oauth.processRefreshTokenResponse(
      server,
      CLIENT,
      await tolerated(response),
    ),
  );
}

async function judged<T>(
  service: Service,
  action: () => Promise<T>,
  exchange?: Exchange,
): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw authorizationError(service.address, error, exchange);
  }
}
