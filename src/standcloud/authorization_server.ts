import * as oauth from "oauth4webapi";
import { Secret } from "../system/secret.ts";
import {
  autheliaMetadata,
  type AuthorizationMetadata,
  checkMetadata,
} from "./authorization_metadata.ts";
import { authorizationError } from "./authorization_error.ts";
import { isSendable } from "./api_call.ts";
import { oauthFetch, tolerated } from "./oauth_fetch.ts";
import type { Service } from "./service.ts";
import type { TokenSet } from "./token_set.ts";

const CLIENT: oauth.Client = { "client_id": "hardpy-report-uploader" };
const SCOPE = "offline_access authelia.bearer.authz";

/** An authorization request that was pushed and waits for the person (RFC 9126). */
export interface PendingAuthorization {
  /** What to open in the browser; carries only `client_id` and `request_uri`. */
  readonly url: URL;
  readonly redirectUri: string;
  readonly state: Secret;
  readonly codeVerifier: Secret;
  /** Seconds until the URL can no longer be opened. */
  readonly expiresIn: number;
}

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
  /** @throws `login_ended` when the refresh token is no longer good. */
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
 */
export async function discoverAuthorizationServer(
  service: Service,
  signal?: AbortSignal,
): Promise<AuthorizationServer> {
  const { address } = service;
  const options = requestOptions(service, signal);
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
    refresh: (refreshToken) =>
      judged(service, () =>
        refresh(server, refreshToken, {
          ...uninterrupted,
          additionalParameters: { audience: service.address.apiBase },
        })),
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

type RequestOptions = ReturnType<typeof requestOptions>;

async function push(
  { address }: Service,
  server: oauth.AuthorizationServer,
  { redirectUri, options }: { redirectUri: string; options: RequestOptions },
): Promise<PendingAuthorization> {
  const codeVerifier = oauth.generateRandomCodeVerifier();
  const state = oauth.generateRandomState();
  const response = await oauth.pushedAuthorizationRequest(
    server,
    CLIENT,
    oauth.None(),
    {
      "response_type": "code",
      "client_id": CLIENT.client_id,
      "redirect_uri": redirectUri,
      "scope": SCOPE,
      "audience": address.apiBase,
      "state": state,
      "code_challenge": await oauth.calculatePKCECodeChallenge(codeVerifier),
      "code_challenge_method": "S256",
    },
    options,
  );
  const pushed = await oauth.processPushedAuthorizationResponse(
    server,
    CLIENT,
    response,
  );
  const url = new URL(server.authorization_endpoint ?? "");
  url.search = new URLSearchParams({
    "client_id": CLIENT.client_id,
    "request_uri": pushed.request_uri,
  }).toString();
  return {
    url,
    redirectUri,
    state: new Secret(state),
    codeVerifier: new Secret(codeVerifier),
    expiresIn: pushed.expires_in,
  };
}

async function redeem(
  server: oauth.AuthorizationServer,
  pending: PendingAuthorization,
  { parameters, options }: {
    parameters: URLSearchParams;
    options: RequestOptions;
  },
): Promise<TokenSet> {
  const answer = oauth.validateAuthResponse(
    server,
    CLIENT,
    parameters,
    pending.state.reveal(),
  );
  const response = await oauth.authorizationCodeGrantRequest(
    server,
    CLIENT,
    oauth.None(),
    answer,
    pending.redirectUri,
    pending.codeVerifier.reveal(),
    options,
  );
  return tokenSet(
    await oauth.processAuthorizationCodeResponse(
      server,
      CLIENT,
      await tolerated(response),
    ),
  );
}

async function refresh(
  server: oauth.AuthorizationServer,
  refreshToken: Secret,
  options: oauth.TokenEndpointRequestOptions,
): Promise<TokenSet> {
  const response = await oauth.refreshTokenGrantRequest(
    server,
    CLIENT,
    oauth.None(),
    refreshToken.reveal(),
    options,
  );
  return tokenSet(
    await oauth.processRefreshTokenResponse(
      server,
      CLIENT,
      await tolerated(response),
    ),
  );
}

function tokenSet(response: oauth.TokenEndpointResponse): TokenSet {
  const { access_token, refresh_token, token_type, expires_in, scope } =
    response;
  const accessToken = new Secret(access_token);
  if (!isSendable(accessToken)) {
    throw new Error("the access token holds letters that cannot be sent");
  }
  return {
    accessToken,
    refreshToken: refresh_token === undefined
      ? undefined
      : new Secret(refresh_token),
    tokenType: token_type,
    expiresIn: expires_in,
    scope: scope ?? SCOPE,
  };
}

function requestOptions(service: Service, signal: AbortSignal | undefined) {
  return {
    [oauth.allowInsecureRequests]: service.address.origin.startsWith("http:"),
    [oauth.customFetch]: oauthFetch(service, signal),
  };
}

async function judged<T>(
  service: Service,
  action: () => Promise<T>,
): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw authorizationError(service.address, error);
  }
}
