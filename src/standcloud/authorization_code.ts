import { Secret } from "../system/secret.ts";
import * as oauth from "./oauth.ts";
import { CLIENT, type RequestOptions, tokenSet } from "./oauth_client.ts";
import { tolerated } from "./oauth_fetch.ts";
import { SCOPE } from "./scope.ts";
import type { Service } from "./service.ts";
import type { TokenSet } from "./token_set.ts";

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

/** Pushes an authorization request with a state and a verifier of its own. */
export async function push(
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

/** Judges an authorization response and redeems its code. */
export async function redeem(
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
