import { AppError } from "../system/app_error.ts";
import type { Address } from "../standcloud/address.ts";
import type { Login, OAuthLogin } from "./login.ts";
import type { TokenStore } from "./token_store.ts";

/** Saves a login; returns the one that was there before, when it had tokens. */
export async function replaceLogin(
  store: TokenStore,
  address: Address,
  login: Login,
): Promise<OAuthLogin | undefined> {
  // A renewal by another process would put the old login back.
  using _lock = await store.lock(address);
  const before = await storedLogin(store, address);
  await store.save(address, login);
  return before === undefined || before.flow === "api-key" ? undefined : before;
}

/** Undefined also for one that cannot be read: the new login takes its place. */
export async function storedLogin(
  store: TokenStore,
  address: Address,
): Promise<Login | undefined> {
  try {
    return await store.load(address);
  } catch (error) {
    if (!(error instanceof AppError) || error.exitCode > 128) throw error;
    return undefined;
  }
}
