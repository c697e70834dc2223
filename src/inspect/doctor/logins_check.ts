import { AppError } from "../../system/app_error.ts";
import type { System } from "../../system/system.ts";
import type { KeySource } from "../../tokens/key_source.ts";
import type { TokenStore } from "../../tokens/token_store.ts";
import { type LoginStatus, loginStatuses } from "../login_status.ts";
import { type CheckItem, failed, ok, warning } from "./check_item.ts";

/** The stored logins, without asking their servers. */
export async function* checkLogins(
  system: System,
  { store, keys }: { store: TokenStore; keys: Pick<KeySource, "name"> },
): AsyncGenerator<CheckItem> {
  const isOverridden =
    system.environment.secret("STANDCLOUD_API_KEY") !== undefined;
  if (isOverridden) {
    yield ok(
      "logins",
      "STANDCLOUD_API_KEY is used instead of any stored login",
    );
  }
  try {
    const statuses = await loginStatuses(store, system.clock);
    for (const status of statuses) yield itemOf(status, keys.name);
    if (statuses.length === 0 && !isOverridden) {
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
