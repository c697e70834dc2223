import { AppError } from "../system/app_error.ts";
import { addressOfFileName } from "../standcloud/address.ts";
import type { Clock } from "../system/clock.ts";
import type { Login } from "../tokens/login.ts";
import type { LoginOutline } from "../tokens/login_outline.ts";
import type { TokenStore } from "../tokens/token_store.ts";

/** A stored login as seen from here, without asking the server. */
export interface LoginStatus {
  readonly address: string;
  /** Null when the file cannot be read. */
  readonly flow: Login["flow"] | null;
  /**
   * `refreshable`: the next use renews it. Only a new login helps for one that
   * is `expired` (nothing can renew it) or `ended` (StandCloud refused that).
   */
  readonly state: "valid" | "refreshable" | "expired" | "ended" | "unreadable";
  readonly expiresAt: Date | null;
  /** Of the key that opens it; null when none does. */
  readonly keyName: string | null;
  /** Why it cannot be read. */
  readonly problem: AppError | null;
}

/** The state of every login of this stand, by address. */
export async function loginStatuses(
  store: TokenStore,
  clock: Clock,
): Promise<LoginStatus[]> {
  const statuses: LoginStatus[] = [];
  for (const fileName of await store.list()) {
    const status = await statusOf(store, fileName, clock.now());
    if (status !== undefined) statuses.push(status);
  }
  return statuses;
}

async function statusOf(
  store: TokenStore,
  fileName: string,
  now: Date,
): Promise<LoginStatus | undefined> {
  try {
    const outline = await store.outline(fileName);
    if (outline === undefined) return undefined;
    const { address, flow, expiresAt, keyName } = outline;
    const state = stateOf(outline, now);
    return { address, flow, state, expiresAt, keyName, problem: null };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return {
      address: addressOfFileName(fileName),
      flow: null,
      state: "unreadable",
      expiresAt: null,
      keyName: null,
      problem: error,
    };
  }
}

function stateOf(
  { expiresAt, hasEnded, isRenewable }: LoginOutline,
  now: Date,
): LoginStatus["state"] {
  if (hasEnded) return "ended";
  if (expiresAt === null || expiresAt > now) return "valid";
  return isRenewable ? "refreshable" : "expired";
}
