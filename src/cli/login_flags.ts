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
