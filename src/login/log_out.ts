import { messageOf } from "../system/app_error.ts";
import type { Clock } from "../system/clock.ts";
import { RequestLimit } from "../system/request_limit.ts";
import type { FileLock } from "../system/file_lock.ts";
import type { Service } from "../standcloud/service.ts";
import type { Login } from "../tokens/login.ts";
import type { TokenStore } from "../tokens/token_store.ts";
import { revokeLogin } from "./revoke_login.ts";

/** What became of a login. */
export interface LoggedOut {
  /** "unknown": the server could not be asked, or has no way to revoke. */
  readonly revoked: boolean | "unknown";
  /** Why `revoked` is not true. */
  readonly reason: string | undefined;
}

export interface LogOutOptions {
  readonly store: TokenStore;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * Ends the login at the server (RFC 7009), then deletes it here, whatever the
 * server or a damaged file had to say.
 *
 * @returns undefined when there was no login.
 */
export async function logOut(
  service: Service,
  options: LogOutOptions,
): Promise<LoggedOut | undefined> {
  const { store, signal } = options;
  // Not even a lock file is made where there is no login.
  if (!await store.has(service.address)) return undefined;
  using _lock = await lockIfPossible(store, { service, signal });
  let result: LoggedOut | undefined;
  try {
    const login = await store.load(service.address);
    result = login && await revoke(service, login, options);
  } catch (error) {
    signal.throwIfAborted();
    result = { revoked: "unknown", reason: messageOf(error) };
  }
  const removed = await store.remove(service.address);
  return removed ? result : undefined;
}

/** A renewal that a server keeps waiting holds the lock. */
const LOCK_MILLISECONDS = 5000;

/** A lock that is damaged must not keep the login here. */
async function lockIfPossible(
  store: TokenStore,
  { service, signal }: { service: Service; signal: AbortSignal },
): Promise<FileLock | undefined> {
  const limit = new RequestLimit(LOCK_MILLISECONDS);
  using _limit = limit;
  const lock = store.lock(service.address);
  try {
    return await limit.within(lock);
  } catch {
    signal.throwIfAborted();
    lock.then((late) => late[Symbol.dispose](), () => {});
    return undefined;
  }
}

async function revoke(
  service: Service,
  login: Login,
  options: LogOutOptions,
): Promise<LoggedOut> {
  if (login.flow === "api-key") {
    return {
      revoked: false,
      reason: "an API key is only ended in StandCloud's settings",
    };
  }
  const reason = await revokeLogin(service, login, options);
  return { revoked: reason === undefined ? true : "unknown", reason };
}
