import type { System } from "../system/system.ts";
import type { AuthorizationServer } from "../standcloud/authorization_server.ts";
import type { Service } from "../standcloud/service.ts";
import type { TokenSet } from "../standcloud/token_set.ts";
import { loginFrom, type OAuthLogin } from "../tokens/login.ts";
import type { TokenStore } from "../tokens/token_store.ts";

/**
 * Saves what a sign-in has given as the login of the address. One that cannot
 * be saved must not stay valid at the server: it is revoked.
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
): Promise<OAuthLogin> {
  const { address } = service;
  const login = loginFrom(
    tokens,
    { address: address.text, flow },
    system.clock.now(),
  );
  try {
    // A renewal by another process would put the old login back.
    using _lock = await store.lock(address);
    await store.save(address, login);
    return login;
  } catch (error) {
    if (login.refreshToken !== undefined) {
      await server.revoke(login.refreshToken, "refresh_token").catch(() => {});
    }
    throw error;
  }
}
