import { AppError } from "../system/app_error.ts";
import { Secret } from "../system/secret.ts";
import type { Address } from "./address.ts";
import { notStandCloud } from "./connection_error.ts";
import { errorWord } from "./error_word.ts";
import * as oauth from "./oauth.ts";
import { CLIENT, type RequestOptions } from "./oauth_client.ts";
import { SCOPE } from "./scope.ts";
import type { Service } from "./service.ts";

/** What the person needs to sign this stand in from another device (RFC 8628 section 3.2). */
export interface DeviceAuthorization {
  /** Whoever has it gets the tokens: it is never shown. */
  readonly deviceCode: Secret;
  readonly userCode: string;
  readonly verificationUri: URL;
  /** The same page with the user code filled in. */
  readonly verificationUriComplete: URL | undefined;
  /** Seconds until the code is worth nothing. */
  readonly expiresIn: number;
  /** Seconds to wait between two polls. */
  readonly interval: number;
}

/** RFC 8628 section 3.2, for a server that does not say. */
const DEFAULT_INTERVAL_SECONDS = 5;

/** @throws `flow_unavailable` when the server gives this client no code. */
export async function authorizeDevice(
  { address }: Service,
  server: oauth.AuthorizationServer,
  options: RequestOptions,
): Promise<DeviceAuthorization> {
  if (server.device_authorization_endpoint === undefined) {
    throw unavailable(address, "it has no endpoint for it");
  }
  const response = await oauth.deviceAuthorizationRequest(
    server,
    CLIENT,
    oauth.None(),
    { scope: SCOPE, audience: address.apiBase },
    options,
  );
  const { status } = response;
  if (status >= 400 && status < 500 && status !== 429) {
    const word = await errorWord(response);
    throw unavailable(address, word ?? `HTTP ${status}`);
  }
  const answer = await oauth.processDeviceAuthorizationResponse(
    server,
    CLIENT,
    response,
  );
  const complete = answer.verification_uri_complete;
  if (answer.user_code.length > CODE_CHARACTERS) {
    throw notStandCloud(address, "the user code is too long to be compared");
  }
  return {
    deviceCode: new Secret(answer.device_code),
    userCode: answer.user_code,
    verificationUri: page(address, answer.verification_uri),
    verificationUriComplete: complete === undefined
      ? undefined
      : page(address, complete),
    expiresIn: answer.expires_in,
    interval: answer.interval ?? DEFAULT_INTERVAL_SECONDS,
  };
}

/** More than a person compares. */
const CODE_CHARACTERS = 64;
/** Longer than any page of a sign-in service. */
const PAGE_CHARACTERS = 2000;

/** A page that a person is sent to must be a page, on a server with a certificate. */
function page(address: Address, text: string): URL {
  const url = URL.parse(text);
  const scheme = new URL(address.origin).protocol;
  const isPage = url !== null && url.href.length <= PAGE_CHARACTERS &&
    url.username === "" && url.password === "" &&
    ["https:", scheme].includes(url.protocol);
  if (isPage) return url;
  throw notStandCloud(
    address,
    "the page for the user code is no https:// page",
  );
}

function unavailable({ text }: Address, why: string): AppError {
  return new AppError(
    "flow_unavailable",
    `${text} offers no sign-in with a device code (${why})`,
    {
      hints: [
        `run: standcloud sc-login ${text} --flow browser`,
        `or with an API key: standcloud sc-login ${text} --flow api-key`,
      ],
    },
  );
}
