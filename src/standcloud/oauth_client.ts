import { Secret } from "../system/secret.ts";
import { isSendable } from "./api_call.ts";
import {
  allowInsecureRequests,
  type Client,
  customFetch,
  type TokenEndpointResponse,
} from "./oauth.ts";
import { oauthFetch } from "./oauth_fetch.ts";
import { SCOPE } from "./scope.ts";
import type { Service } from "./service.ts";
import type { TokenSet } from "./token_set.ts";

/** HardPy's public client: there is no secret in the program that would prove anything. */
export const CLIENT: Client = { "client_id": "hardpy-report-uploader" };

export interface RequestOptions {
  readonly [allowInsecureRequests]: boolean;
  readonly [customFetch]: ReturnType<typeof oauthFetch>;
}

/** How requests of the library reach the service. */
export function requestOptions(
  service: Service,
  signal: AbortSignal | undefined,
  timeoutMilliseconds?: number,
): RequestOptions {
  return {
    [allowInsecureRequests]: service.address.origin.startsWith("http:"),
    [customFetch]: oauthFetch(service, signal, timeoutMilliseconds),
  };
}

export function tokenSet(response: TokenEndpointResponse): TokenSet {
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
