import type { IncomingMessage, ServerResponse } from "node:http";
import { restoreWarnings } from "./quiet_import.ts";
import { Provider } from "oidc-provider";
import type { ProviderConfiguration } from "./provider_configuration.ts";
import type { Store } from "./store.ts";

restoreWarnings();

/** A sign-in that is under way, as oidc-provider hands it to the pages. */
export interface Interaction {
  prompt: { name: string; details: { missingOIDCScope?: string[] } };
  params: Record<string, string | undefined>;
  session?: { accountId: string };
}

/** What the pages report back (oidc-provider documentation, "User flows"). */
export type InteractionResult =
  | { login: { accountId: string } }
  | { consent: { grantId: string } }
  | { error: string; "error_description": string };

interface Grant {
  addOIDCScope(scope: string): void;
  save(): Promise<string>;
}

interface TokenModel {
  prototype: { generateTokenId: () => string };
}

/** The part of oidc-provider that the sandbox uses; the package brings no types. */
export interface AuthorizationProvider {
  proxy: boolean;
  readonly Grant: new (
    properties: { accountId: string; clientId: string },
  ) => Grant;
  readonly AccessToken: TokenModel;
  readonly RefreshToken: TokenModel;
  readonly AuthorizationCode: TokenModel;
  readonly DeviceCode: TokenModel;
  callback(): (
    request: IncomingMessage,
    response: ServerResponse,
  ) => Promise<void>;
  interactionDetails(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<Interaction>;
  interactionFinished(
    request: IncomingMessage,
    response: ServerResponse,
    result: InteractionResult,
  ): Promise<void>;
  on(
    event: "refresh_token.consumed",
    listener: (token: { grantId: string }) => void,
  ): void;
}

/** An oidc-provider whose tokens look like Authelia's and which keeps everything in the store. */
export function createProvider(
  issuer: string,
  options: { configuration: ProviderConfiguration; store: Store },
): AuthorizationProvider {
  const { configuration, store } = options;
  const provider: AuthorizationProvider = new Provider(issuer, configuration);
  provider.proxy = true;
  useOpaqueTokens(provider.AccessToken, "at");
  useOpaqueTokens(provider.RefreshToken, "rt");
  useOpaqueTokens(provider.AuthorizationCode, "ac");
  useOpaqueTokens(provider.DeviceCode, "dc");
  // Authelia ends the old access token as soon as the refresh token is used.
  provider.on(
    "refresh_token.consumed",
    (token) => store.revoke("AccessToken", token.grantId),
  );
  return provider;
}

/** `authelia_at_…`: opaque tokens with one dot, as Authelia's. */
function useOpaqueTokens(
  model: TokenModel,
  kind: "at" | "rt" | "ac" | "dc",
): void {
  const { prototype } = model;
  const original = prototype.generateTokenId;
  prototype.generateTokenId = function () {
    original.call(this); // notes the format in an access token
    return `authelia_${kind}_${randomText()}.${randomText()}`;
  };
}

function randomText(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return bytes.toBase64({ alphabet: "base64url", omitPadding: true });
}
