import { AppError } from "../system/app_error.ts";
import type { KeySource } from "./key_source.ts";
import type { TokenStore } from "./token_store.ts";

/** What became of the logins when the key was changed. */
export interface Rotated {
  /** How many are sealed to the key now. */
  readonly resealed: number;
  /** Of those that no key at hand opens; they are left as they are. */
  readonly problems: readonly AppError[];
}

/**
 * Seals every stored login to a new key, or to the one that was given now. A
 * login can be opened at any moment in between, with the new key or the old.
 */
export async function rotateKey(
  store: TokenStore,
  keys: KeySource,
): Promise<Rotated> {
  let resealed = 0;
  const problems: AppError[] = [];
  await keys.replace(async () => {
    for (const fileName of await store.list()) {
      try {
        await store.reseal(fileName);
        resealed++;
      } catch (error) {
        const isSealed = error instanceof AppError &&
          error.code === "login_unreadable";
        if (!isSealed) throw error;
        problems.push(error);
      }
    }
  });
  return { resealed, problems };
}
