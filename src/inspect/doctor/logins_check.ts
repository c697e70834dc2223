import { AppError } from "../../system/app_error.ts";
import type { System } from "../../system/system.ts";
import type { KeySource } from "../../tokens/key_source.ts";
import type { TokenStore } from "../../tokens/token_store.ts";
import { type LoginStatus, loginStatuses } from "../login_status.ts";
import { type CheckItem, failed, ok, warning } from "./check_item.ts";

/** What logs this stand in. */
export interface StandParts {
  readonly store: TokenStore;
  readonly keys: Pick<KeySource, "name">;
  /** Names the API key that is used and what it hides; undefined when a stored login alone is used, or nothing. Rejects with why a key is not used. */
  keyInUse(): Promise<string | undefined>;
}

/** The stored logins, without asking their servers. */
export async function* checkLogins(
  system: System,
  { store, keys, keyInUse }: StandParts,
): AsyncGenerator<CheckItem> {
  let isKeyNamed = false;
  try {
    const key = await keyInUse();
    isKeyNamed = key !== undefined;
    if (key !== undefined) yield ok("logins", key);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    isKeyNamed = true;
    yield failed("logins", error);
  }
  try {
    const statuses = await loginStatuses(store, system.clock);
    for (const status of statuses) yield itemOf(status, keys.name);
    if (statuses.length === 0 && !isKeyNamed) {
      yield warning(
        "logins",
        "this stand is not logged in anywhere",
        "run: standcloud sc-login ADDRESS",
      );
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    yield failed("logins", error);
  }
}

function itemOf(
  { address, flow, state, keyName, problem }: LoginStatus,
  given: string,
): CheckItem {
  const again = `run: standcloud sc-login ${address}`;
  if (problem !== null) return failed("logins", problem);
  if (state === "expired" || state === "ended") {
    return failed(
      "logins",
      new AppError("login_ended", `the login to ${address} has ended`, {
        hints: [again],
      }),
    );
  }
  if (keyName !== given) {
    return warning(
      "logins",
      `${address} (${flow}) is sealed with ${keyName} still, and not with ${given}`,
      "run: standcloud key --rotate",
    );
  }
  const renewal = state === "refreshable" ? "; the next use renews it" : "";
  return ok("logins", `${address} (${flow})${renewal}`);
}
