import { AppError } from "../system/app_error.ts";
import type { Address } from "./address.ts";
import { authorizationError } from "./authorization_error.ts";
import type { DeviceAuthorization } from "./device_authorization.ts";
import { errorWord } from "./error_word.ts";
import * as oauth from "./oauth.ts";
import { CLIENT, type RequestOptions, tokenSet } from "./oauth_client.ts";
import { tolerated } from "./oauth_fetch.ts";
import type { Service } from "./service.ts";
import type { TokenSet } from "./token_set.ts";

/** What became of one poll; what ends the login for good is thrown instead. */
export type DeviceAnswer =
  | { readonly kind: "issued"; readonly tokens: TokenSet }
  /** Nobody has decided yet; `slow_down`: and we ask too often. */
  | { readonly kind: "pending" }
  | { readonly kind: "slow_down" }
  /** No answer: the network, or the server for a moment. */
  | { readonly kind: "unreachable"; readonly error: AppError }
  /** An answer that may be the last word, or a passing fault: the next polls tell. */
  | { readonly kind: "doubtful"; readonly error: AppError };

/** Asks the token endpoint once (RFC 8628 sections 3.4 and 3.5). */
export async function pollDevice(
  service: Service,
  server: oauth.AuthorizationServer,
  { device, options }: { device: DeviceAuthorization; options: RequestOptions },
): Promise<DeviceAnswer> {
  const { address } = service;
  let response: Response;
  try {
    response = await oauth.deviceCodeGrantRequest(
      server,
      CLIENT,
      oauth.None(),
      device.deviceCode.reveal(),
      options,
    );
  } catch (error) {
    return temporary(authorizationError(address, error));
  }
  const { status } = response;
  const word = status === 200 ? undefined : await errorWord(response);
  if (word === "authorization_pending") return { kind: "pending" };
  if (word === "slow_down") return { kind: "slow_down" };
  if (word === "expired_token") throw codeExpired(address);
  // Authelia says it for a code that was denied. RFC 8628 section 3.5 wants no
  // poll after any error but the two above, and the person is told at once.
  if (word === "server_error") throw ended(address, word);
  try {
    const answer = await oauth.processDeviceCodeResponse(
      server,
      CLIENT,
      await tolerated(response),
    );
    return { kind: "issued", tokens: tokenSet(answer) };
  } catch (error) {
    return temporary(authorizationError(address, error));
  }
}

/** The answers after which the next poll may do better. */
function temporary(error: unknown): DeviceAnswer {
  if (!(error instanceof AppError)) throw error;
  if (error.code === "unreachable") return { kind: "unreachable", error };
  // A sign-in page of the network, or a proxy's error page, in place of the answer.
  if (error.code === "not_standcloud") return { kind: "doubtful", error };
  throw error;
}

/** The end of a code that nobody has used in time, whoever says so. */
export function codeExpired({ text }: Address): AppError {
  return new AppError(
    "login_timed_out",
    `The device code of ${text} has expired before anybody signed in`,
    { hints: [`run: standcloud sc-login ${text}`] },
  );
}

function ended({ text }: Address, word: string): AppError {
  return new AppError(
    "login_refused",
    `${text} has ended the sign-in (${word}): it was denied, or the sign-in service fails`,
    { hints: [`run: standcloud sc-login ${text}, and press Accept`] },
  );
}
