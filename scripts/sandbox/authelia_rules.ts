import { clientId, scopes } from "./provider_configuration.ts";
import type { OAuthError } from "./oauth_error.ts";
import type { State } from "./state.ts";

export const paths = {
  deviceAuthorization: "/auth/api/oidc/device-authorization",
  pushedAuthorizationRequest: "/auth/api/oidc/pushed-authorization-request",
  revocation: "/auth/api/oidc/revocation",
  token: "/auth/api/oidc/token",
} as const;

/** fosite's, which Authelia is built on, shortest `state`. */
const minimalStateLength = 8;

/** All that the validator of a client with the bearer scope lets pass. */
const responseModes = ["form_post", "form_post.jwt"];

/** The body of what Authelia refuses and oidc-provider would let pass. */
export function refusal(
  path: string,
  form: URLSearchParams,
  state: State,
): OAuthError | Record<string, never> | undefined {
  if (form.get("client_id") !== clientId) return undefined;
  if (path === paths.pushedAuthorizationRequest) {
    return requestUriRefusal(form) ?? audienceRefusal(form, state.audiences) ??
      scopeRefusal(form) ??
      stateRefusal(form) ?? responseModeRefusal(form);
  }
  // The audience is not looked at here, and nothing is said about the scope.
  if (path === paths.deviceAuthorization) {
    return scopeRefusal(form) && {};
  }
  if (path === paths.token && form.get("grant_type") === "refresh_token") {
    return renewalRefusal(form, state);
  }
  return undefined;
}

/** A renewal must not ask for more than was granted; the refresh token is not used up. */
function renewalRefusal(
  form: URLSearchParams,
  { store, audiences, deviceAudience }: State,
): OAuthError | undefined {
  const token = store.model("RefreshToken").get(
    form.get("refresh_token") ?? "",
  );
  if (token?.grantId === undefined) return undefined;
  const granted = store.audiences.get(token.grantId);
  if (granted !== undefined) return audienceRefusal(form, [granted]);
  const asked = form.get("audience");
  const refused = audienceRefusal(
    form,
    deviceAudience === "on_refresh" ? audiences : [],
  );
  if (refused === undefined && asked !== null) {
    store.audiences.set(token.grantId, asked);
  }
  return refused;
}

function requestUriRefusal(form: URLSearchParams): OAuthError | undefined {
  return form.has("request_uri")
    ? {
      error: "invalid_request",
      "error_description": "The request must not contain a request_uri.",
    }
    : undefined;
}

function audienceRefusal(
  form: URLSearchParams,
  allowed: readonly string[],
): OAuthError | undefined {
  const unknown = form.getAll("audience").flatMap((value) => value.split(" "))
    .find((audience) => !allowed.includes(audience));
  return unknown === undefined ? undefined : {
    error: "invalid_target",
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

function responseModeRefusal(form: URLSearchParams): OAuthError | undefined {
  const mode = form.get("response_mode");
  return mode === null || responseModes.includes(mode) ? undefined : {
    error: "unsupported_response_mode",
    "error_description":
      `The OAuth 2.0 Client is not allowed to request response mode '${mode}'.`,
  };
}
