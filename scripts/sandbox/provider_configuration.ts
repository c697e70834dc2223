import {
  deviceSuccess,
  errorPage,
  userCodeConfirm,
  userCodeInput,
} from "./device_pages.ts";
import {
  extraPushedRequestSeconds,
  type Store,
  type StoreAdapter,
} from "./store.ts";

/** HardPy's public client. */
export const clientId = "hardpy-report-uploader";
export const clientName = "HardPy report uploader";

/** All that this client may ask for; `openid` is not among it. */
export const scopes: readonly string[] = [
  "offline_access",
  "authelia.bearer.authz",
];

/** oidc-provider's settings; only the ones that code of ours calls have a shape. */
export interface ProviderConfiguration {
  [setting: string]: unknown;
  adapter: (model: string) => StoreAdapter;
}

interface Lifetimes {
  accessTokenSeconds: number;
  refreshTokenSeconds: number;
}

/** oidc-provider set up like Authelia 4.38/4.39 for HardPy's client. */
export async function createProviderConfiguration(
  store: Store,
  lifetimes: Lifetimes,
): Promise<ProviderConfiguration> {
  return {
    adapter: (model: string) => store.adapter(model),
    // Else an error without a redirect URI would go to the registered one, which has no port.
    allowOmittingSingleRegisteredRedirectUri: false,
    clients: [client],
    // Lets the JWT inside a pushed authorization request live as long as the store's entry.
    clockTolerance: extraPushedRequestSeconds,
    cookies: { keys: [crypto.randomUUID()] },
    extraParams: ["audience"],
    features: features(store),
    findAccount: (_context: unknown, accountId: string) => ({
      accountId,
      claims: () => ({ sub: accountId }),
    }),
    interactions: {
      url: (_context: unknown, interaction: { uid: string }) =>
        `${interactionPath}${interaction.uid}`,
    },
    jwks: { keys: [await createSigningKey()] },
    loadExistingGrant,
    pkce: { required: () => true },
    renderError: errorPage,
    rotateRefreshToken: true,
    routes,
    scopes,
    ttl: {
      AccessToken: lifetimes.accessTokenSeconds,
      AuthorizationCode: 60,
      DeviceCode: 600,
      Grant: 30 * 24 * 60 * 60,
      IdToken: 3600,
      Interaction: 600,
      RefreshToken: lifetimes.refreshTokenSeconds,
      Session: 24 * 60 * 60,
    },
  };
}

/** Where the sign-in and consent pages are. */
export const interactionPath = "/auth/interaction/";

/** Authelia's paths below the issuer. */
const routes = {
  authorization: "/api/oidc/authorization",
  "code_verification": "/consent/openid/device-authorization",
  "device_authorization": "/api/oidc/device-authorization",
  jwks: "/jwks.json",
  "pushed_authorization_request": "/api/oidc/pushed-authorization-request",
  revocation: "/api/oidc/revocation",
  token: "/api/oidc/token",
};

const client = {
  "client_id": clientId,
  "client_name": clientName,
  "application_type": "native",
  "grant_types": [
    "authorization_code",
    "refresh_token",
    "urn:ietf:params:oauth:grant-type:device_code",
  ],
  "id_token_signed_response_alg": "ES256",
  "redirect_uris": ["http://127.0.0.1/oauth2/callback"],
  "response_types": ["code"],
  "token_endpoint_auth_method": "none",
};

function features(store: Store): Record<string, unknown> {
  return {
    deviceFlow: {
      enabled: true,
      charset: "base-20",
      mask: "********",
      userCodeInputSource: userCodeInput,
      userCodeConfirmSource: userCodeConfirm,
      successSource: deviceSuccess,
    },
    devInteractions: { enabled: false },
    dPoP: { enabled: false },
    pushedAuthorizationRequests: {
      enabled: true,
      requirePushedAuthorizationRequests: true,
    },
    resourceIndicators: { enabled: false },
    revocation: {
      enabled: true,
      allowedPolicy: (
        _context: unknown,
        _client: unknown,
        token: RevocableToken,
      ) => mayRevokeFamily(store, token),
    },
    rpInitiatedLogout: { enabled: false },
    userinfo: { enabled: false },
  };
}

interface RevocableToken {
  kind: string;
  jti: string;
}

/** Authelia leaves the refresh token alive when only the access token is revoked. */
function mayRevokeFamily(store: Store, token: RevocableToken): boolean {
  if (token.kind !== "AccessToken") return true;
  store.model("AccessToken").delete(token.jti);
  return false;
}

interface GrantContext {
  oidc: {
    result?: { consent?: { grantId: string } };
    provider: { Grant: { find(id: string): Promise<unknown> } };
  };
}

/** Only the consent of this very request counts: Authelia's explicit consent mode. */
function loadExistingGrant(
  { oidc }: GrantContext,
): Promise<unknown> | undefined {
  const grantId = oidc.result?.consent?.grantId;
  return grantId === undefined ? undefined : oidc.provider.Grant.find(grantId);
}

async function createSigningKey(): Promise<JsonWebKey & { kid: string }> {
  const algorithm = { name: "ECDSA", namedCurve: "P-256" };
  const keys = await crypto.subtle.generateKey(algorithm, true, [
    "sign",
    "verify",
  ]);
  const { kty, crv, x, y, d } = await crypto.subtle.exportKey(
    "jwk",
    keys.privateKey,
  );
  return { kty, crv, x, y, d, alg: "ES256", use: "sig", kid: "sandbox" } as
    & JsonWebKey
    & {
      kid: string;
    };
}
