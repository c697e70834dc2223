import { clientId, scopes } from "./provider_configuration.ts";
import type { Store } from "./store.ts";

/** An OAuth error answer (RFC 6749, section 5.2). */
export interface OAuthError {
  error: string;
  "error_description": string;
}

export const paths = {
  deviceAuthorization: "/auth/api/oidc/device-authorization",
  pushedAuthorizationRequest: "/auth/api/oidc/pushed-authorization-request",
  revocation: "/auth/api/oidc/revocation",
  token: "/auth/api/oidc/token",
} as const;

/** fosite's, which Authelia is built on, shortest `state`. */
const minimalStateLength = 8;

/** What Authelia refuses and oidc-provider would let pass. */
export function refusal(
  path: string,
  form: URLSearchParams,
  context: { audiences: readonly string[]; store: Store },
): OAuthError | undefined {
  if (form.get("client_id") !== clientId) return undefined;
  if (path === paths.pushedAuthorizationRequest) {
    return audienceRefusal(form, context.audiences) ?? scopeRefusal(form) ??
      stateRefusal(form);
  }
  if (path === paths.deviceAuthorization) {
    return audienceRefusal(form, context.audiences) ?? scopeRefusal(form);
  }
  if (path === paths.token && form.get("grant_type") === "refresh_token") {
    const granted = grantedAudience(
      form.get("refresh_token") ?? "",
      context.store,
    );
    return granted === undefined ? undefined : audienceRefusal(form, [granted]);
  }
  return undefined;
}

function audienceRefusal(
  form: URLSearchParams,
  allowed: readonly string[],
): OAuthError | undefined {
  const unknown = form.getAll("audience").flatMap((value) => value.split(" "))
    .find((audience) => !allowed.includes(audience));
  return unknown === undefined ? undefined : {
    error: "invalid_request",
    "error_description":
      `Requested audience '${unknown}' is not allowed for the OAuth 2.0 Client.`,
  };
}

function scopeRefusal(form: URLSearchParams): OAuthError | undefined {
  const unknown = form.get("scope")?.split(" ").find((scope) =>
    !scopes.includes(scope)
  );
  return unknown === undefined ? undefined : {
    error: "invalid_scope",
    "error_description":
      `The OAuth 2.0 Client is not allowed to request scope '${unknown}'.`,
  };
}

function stateRefusal(form: URLSearchParams): OAuthError | undefined {
  if ((form.get("state") ?? "").length >= minimalStateLength) return undefined;
  return {
    error: "invalid_state",
    "error_description":
      `The state must have at least ${minimalStateLength} characters.`,
  };
}

function grantedAudience(
  refreshToken: string,
  store: Store,
): string | undefined {
  const grantId = store.model("RefreshToken").get(refreshToken)?.grantId;
  return grantId === undefined ? undefined : store.audiences.get(grantId);
}
