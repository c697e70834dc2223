import { AppError } from "../system/app_error.ts";
import type { System } from "../system/system.ts";
import type { PendingAuthorization } from "../standcloud/authorization_code.ts";
import { discoverAuthorizationServer } from "../standcloud/authorization_server.ts";
import type { Service } from "../standcloud/service.ts";
import type { TokenStore } from "../tokens/token_store.ts";
import { type CallbackServer, startCallbackServer } from "./callback_server.ts";
import { keepLogin, type KeptLogin } from "./keep_login.ts";
import { loginTimedOut } from "./login_timed_out.ts";
import { SignInPages } from "./sign_in_pages.ts";

export interface BrowserLoginOptions {
  readonly store: TokenStore;
  /** Loopback ports to try; 0 is any free one. */
  readonly ports: readonly number[];
  readonly timeoutSeconds: number;
  /** False: the person opens the URL, perhaps on another screen. */
  readonly openBrowser: boolean;
  /** What the person types meanwhile: perhaps the redirect URI that failed on another computer. */
  readonly pasted?: AsyncIterable<string> | undefined;
  /**
   * Called before the browser opens, so that the URL is seen even when none
   * does; and again with another URL when the last one is too old.
   */
  onPending(pending: PendingAuthorization, isRenewed: boolean): void;
  /** Accept was pressed on a page that was too old: the newest is another one. */
  onTooOld(newest: PendingAuthorization): void;
  onNoBrowser(): void;
  /** A pasted line that is no answer to this login. */
  onWrongPaste(): void;
  /** A new URL that could not be had yet. */
  onTrouble(message: string): void;
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
): Promise<KeptLogin> {
  const { store, timeoutSeconds } = options;
  // The person must not sign in for a login that cannot be saved.
  await store.requireRoom(service.address);
  const server = await discoverAuthorizationServer(service, system.interrupted);
  await using callback = startCallbackServer<KeptLogin>(options.ports, {
    stand: system.hostname(),
    address: service.address.text,
  });
  const push = () => server.pushAuthorizationRequest(callback.redirectUri);
  const first = await push().catch((error) => {
    throw withNextFlow(error);
  });
  const over = new AbortController();
  const pages = pagesOf(first, push, { system, over, callback, options });
  let answered = false;
  const redeemed = callback.wait(first, {
    insteadOf: async (old) => (await pages.insteadOf(old))?.url,
    redeem: async ({ pending, parameters }) => {
      answered = true;
      const tokens = await server.redeem(pending, parameters);
      const place = { system, service, server, store };
      return await keepLogin(tokens, "browser", place);
    },
  });
  // It may fail while the browser is still being started.
  redeemed.catch(() => {});
  options.onPending(first, false);
  // A terminal that goes away brings no answer, and takes none away.
  takePasted(callback, options).catch(() => {});
  void pages.renewWhenDue();
  if (options.openBrowser && !await system.openInBrowser(first.url)) {
    options.onNoBrowser();
  }
  const late = deadline(system, timeoutSeconds, over.signal).catch((error) => {
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

function pagesOf(
  first: PendingAuthorization,
  push: () => Promise<PendingAuthorization>,
  { system, over, callback, options }: {
    system: System;
    over: AbortController;
    callback: CallbackServer<KeptLogin>;
    options: BrowserLoginOptions;
  },
): SignInPages {
  const { timeoutSeconds, onTooOld, onTrouble } = options;
  return new SignInPages(first, {
    clock: system.clock,
    over: over.signal,
    timeoutSeconds,
    push,
    onTooOld,
    onTrouble,
    onNext(next) {
      callback.add(next);
      options.onPending(next, true);
    },
  });
}

/** A server that refuses this flow may offer another one. */
function withNextFlow(error: unknown): unknown {
  if (!(error instanceof AppError)) return error;
  const { code, message, hints, cause } = error;
  if (code !== "login_refused") return error;
  const more = [
    "a server that knows one redirect port only: --port N",
    "or sign in with a device code: --flow device",
  ];
  return new AppError(code, message, { hints: [...hints, ...more], cause });
}

async function takePasted(
  callback: CallbackServer<KeptLogin>,
  { pasted, onWrongPaste }: BrowserLoginOptions,
): Promise<void> {
  for await (const line of pasted ?? []) {
    if (line.trim() === "") continue;
    if (callback.paste(line)) return;
    onWrongPaste();
  }
}

/** Only ever rejects: when the time is over, the person presses Ctrl-C, or the login is `over`. */
async function deadline(
  system: System,
  seconds: number,
  over: AbortSignal,
): Promise<never> {
  const early = AbortSignal.any([system.interrupted, over]);
  await system.clock.sleep(seconds * 1000, early);
  early.throwIfAborted();
  throw loginTimedOut(seconds, [
    "where no browser can reach this stand: --flow device",
  ]);
}
