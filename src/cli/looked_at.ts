import { AppError } from "../system/app_error.ts";
import type { System } from "../system/system.ts";

/** Whose files a command looked at: they explain a result with nothing in it. */
export interface LookedAt {
  /** Null where the environment names no user. */
  readonly user: string | null;
  /** Of the stored logins. Null where no folder for the files is known. */
  readonly folder: string | null;
  readonly ledger: string | null;
}

export function lookedAt({ environment, paths }: System): LookedAt {
  const pathOf = (ask: () => string) => {
    try {
      return ask();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return null;
    }
  };
  return {
    user: environment.get("USER") ?? null,
    folder: pathOf(() => paths().loginsFolder),
    ledger: pathOf(() => paths().ledgerFile),
  };
}

/** ` of user anna in "/home/anna/…"`, as far as it is known. */
export function whoseText(user: string | null, place: string | null): string {
  return (user === null ? "" : ` of user ${user}`) +
    (place === null ? "" : ` in "${place}"`);
}
