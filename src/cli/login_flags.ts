import { AppError } from "../system/app_error.ts";
import type { CommonFlags } from "./flags.ts";

/** How a stand can be logged in. */
export const FLOWS = ["auto", "browser", "device", "api-key"] as const;

export interface LoginFlags extends CommonFlags {
  readonly check?: boolean;
  readonly flow?: typeof FLOWS[number];
  readonly noBrowser?: boolean;
  readonly port?: readonly number[];
  readonly timeout?: number;
  readonly apiKeyFile?: string;
  readonly force?: boolean;
  readonly for?: string;
  readonly output?: string;
  readonly from?: string;
}

const DEFAULT_TIMEOUT_SECONDS = 300;

export function timeoutSeconds({ timeout }: LoginFlags): number {
  return timeout ?? DEFAULT_TIMEOUT_SECONDS;
}

/** Whether the login is an API key that the person has or gives. */
export function takesApiKey({ flow, apiKeyFile }: LoginFlags): boolean {
  if (apiKeyFile === undefined) return flow === "api-key";
  if (flow === undefined || ["auto", "api-key"].includes(flow)) return true;
  throw new AppError("usage", `--api-key-file does not go with --flow ${flow}`);
}

/** @throws `usage` for flags that do not go together. */
export function requireConsistent(flags: LoginFlags): void {
  const { check, for: recipient, output, from, apiKeyFile } = flags;
  const given = [recipient, from, check || undefined]
    .filter((flag) => flag !== undefined);
  const isWhole = (recipient === undefined) === (output === undefined);
  if (given.length < 2 && isWhole && !(from && apiKeyFile)) return;
  throw new AppError(
    "usage",
    isWhole
      ? "--for, --from, --check and --api-key-file do not go together"
      : "--for RECIPIENT and --output FILE belong together",
    { hints: ["standcloud sc-login --help shows the flags"] },
  );
}
