import { AppError } from "../system/app_error.ts";
import type { System } from "../system/system.ts";
import {
  type AuthorizationServer,
  discoverAuthorizationServer,
  type PendingAuthorization,
} from "../standcloud/authorization_server.ts";
import type { Address } from "../standcloud/address.ts";
import type { Service } from "../standcloud/service.ts";
import { loginFrom, type OAuthLogin } from "../tokens/login.ts";
import type { TokenStore } from "../tokens/token_store.ts";
import { startCallbackServer } from "./callback_server.ts";

export interface BrowserLoginOptions {
  readonly store: TokenStore;
  /** Loopback ports to try; 0 is any free one. */
  readonly ports: readonly number[];
  readonly timeoutSeconds: number;
  /** False: the person opens the URL, perhaps on another screen. */
  readonly openBrowser: boolean;
  /** Called before the browser opens, so that the URL is seen even when none does. */
  onPending(pending: PendingAuthorization): void;
  onNoBrowser(): void;
}

/**
 * Logs in with the person's browser: pushed authorization request (RFC 9126)
 * with PKCE (RFC 7636), answer on a loopback redirect (RFC 8252). The login is
 * saved before the browser page says so.
 *
 * @throws `login_refused`, `login_timed_out`
 */
export async function logInWithBrowser(
  system: System,
  service: Service,
  options: BrowserLoginOptions,
): Promise<OAuthLogin> {
  const { address } = service;
  // The person must not sign in for a login that cannot be saved.
  await options.store.requireRoom(address);
  const server = await discoverAuthorizationServer(service, system.interrupted);
  await using callback = startCallbackServer<OAuthLogin>(options.ports);
  const pending = await server.pushAuthorizationRequest(callback.redirectUri);
  let answered = false;
  const redeemed = callback.wait(pending, async (parameters) => {
    answered = true;
    const tokens = await server.redeem(pending, parameters);
    const login = loginFrom(
      tokens,
      { address: address.text, flow: "browser" },
      system.clock.now(),
    );
    await keep(login, { server, store: options.store, address });
    return login;
  });
  // It may fail while the browser is still being started.
  redeemed.catch(() => {});
  options.onPending(pending);
  if (options.openBrowser && !await system.openInBrowser(pending.url)) {
    options.onNoBrowser();
  }
  const over = new AbortController();
  const late = deadline(system, {
    seconds: options.timeoutSeconds,
    over: over.signal,
  }).catch((error) => {
    // The server has already issued a token: finish, so that it is not lost.
    if (answered) return redeemed;
    throw error;
  });
  try {
    return await Promise.race([redeemed, late]);
  } finally {
    over.abort();
    late.catch(() => {});
  }
}

/** Saves the login; one that cannot be saved must not stay valid at the server. */
async function keep(
  login: OAuthLogin,
  { server, store, address }: {
    server: AuthorizationServer;
    store: TokenStore;
    address: Address;
  },
): Promise<void> {
  try {
    // A renewal by another process would put the old login back.
    using _lock = await store.lock(address);
    await store.save(address, login);
  } catch (error) {
    if (login.refreshToken !== undefined) {
      await server.revoke(login.refreshToken, "refresh_token").catch(() => {});
    }
    throw error;
  }
}

/** Only ever rejects: when the time is over, the person presses Ctrl-C, or the login is `over`. */
async function deadline(
  system: System,
  { seconds, over }: { seconds: number; over: AbortSignal },
): Promise<never> {
  const early = AbortSignal.any([system.interrupted, over]);
  await system.clock.sleep(seconds * 1000, early);
  early.throwIfAborted();
  throw new AppError(
    "login_timed_out",
    `Nobody signed in within ${seconds} s`,
    {
      hints: ["run sc-login again, or give more time with --timeout SECONDS"],
    },
  );
}
