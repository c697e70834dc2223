import { AppError, messageOf } from "../../system/app_error.ts";

/** What a doctor's finding is about; those of the network decide the exit code 4. */
export type CheckGroup =
  | "files"
  | "key"
  | "logins"
  | "settings"
  | "ledger"
  | "browser"
  | "proxy"
  | "dns"
  | "tcp"
  | "tls"
  | "clock"
  | "sign-in"
  | "api";

/** One line of the doctor. */
export interface CheckItem {
  readonly group: CheckGroup;
  readonly state: "ok" | "warning" | "failed";
  readonly message: string;
  /** The way out. */
  readonly hints: readonly string[];
}

/** The findings of one check, as they come. */
export type Check = AsyncIterable<CheckItem>;

export function ok(group: CheckGroup, message: string): CheckItem {
  return { group, state: "ok", message, hints: [] };
}

export function warning(
  group: CheckGroup,
  message: string,
  ...hints: string[]
): CheckItem {
  return { group, state: "warning", message, hints };
}

/** What an error says; anything but an `AppError` is a fault of the program. */
export function failed(group: CheckGroup, error: unknown): CheckItem {
  const hints = error instanceof AppError
    ? error.hints.filter((hint) => !hint.includes("standcloud doctor"))
    : [];
  return { group, state: "failed", message: messageOf(error), hints };
}

const NETWORK: readonly CheckGroup[] = [
  "proxy",
  "dns",
  "tcp",
  "tls",
  "clock",
  "sign-in",
  "api",
];

/** 4: the network is at fault; 3: what lies on this stand. */
export function exitCodeOf(items: readonly CheckItem[]): number {
  const groups = items.filter(({ state }) => state === "failed")
    .map(({ group }) => group);
  if (groups.some((group) => NETWORK.includes(group))) return 4;
  return groups.length > 0 ? 3 : 0;
}
