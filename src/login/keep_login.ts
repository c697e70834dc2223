import type { System } from "../system/system.ts";
import type { AuthorizationServer } from "../standcloud/authorization_server.ts";
import type { Service } from "../standcloud/service.ts";
import type { TokenSet } from "../standcloud/token_set.ts";
import { type Login, loginFrom, type OAuthLogin } from "../tokens/login.ts";
import { replaceLogin } from "../tokens/replace_login.ts";
import type { TokenStore } from "../tokens/token_store.ts";
import { proveLogin } from "./prove_login.ts";
import { revokeLogin } from "./revoke_login.ts";

/** A new login that is stored. */
export interface KeptLogin {
  readonly login: Login;
  /** Why StandCloud could not be asked about it; undefined when it works. */
  readonly unasked?: string | undefined;
  /** The one whose place it took; its tokens are still good at the server. */
  readonly replaced?: OAuthLogin | undefined;
}

/**
 * Saves what a sign-in has given as the login of the address, once the API has
 * accepted it. One that is refused, or cannot be saved, must not stay valid at
 * the server: it is revoked. The login before it then stays.
 *
 * @throws `login_refused`, `not_allowed`, …
 */
export async function keepLogin(
  tokens: TokenSet,
  flow: OAuthLogin["flow"],
  { system, service, server, store }: {
    system: System;
    service: Service;
    server: AuthorizationServer;
    store: TokenStore;
  },
): Promise<KeptLogin> {
  const { address } = service;
  const { clock, interrupted: signal } = system;
  const before = { address: address.text, flow };
  const proof = await proveLogin(
    service,
    loginFrom(tokens, before, clock.now()),
    { system, server },
  );
  const { login } = proof;
  try {
    if (proof.kind === "refused") throw proof.error;
    const replaced = await replaceLogin(store, address, login);
    const unasked = proof.kind === "unasked" ? proof.reason : undefined;
    return { login, unasked, replaced };
  } catch (error) {
    if (login.flow !== "api-key") {
      await revokeLogin(service, login, { server, clock, signal })
        .catch(() => {});
    }
    throw error;
  }
}
