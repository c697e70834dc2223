import { AppError } from "../system/app_error.ts";
import type { Secret } from "../system/secret.ts";
import { asksForLogin, callApi } from "./api_call.ts";
import {
  loginNotAccepted,
  notAllowed,
  notStandCloud,
} from "./connection_error.ts";
import type { Service } from "./service.ts";
import { tryAgain } from "./retry_after.ts";

const HEALTH_TIMEOUT_MILLISECONDS = 10_000;

/** How the API answered a health check. */
export interface Health {
  readonly state:
    | "ok"
    | "login_required"
    | "not_allowed"
    | "not_standcloud"
    | "unavailable";
  readonly status: number;
  /** How far this computer's clock is ahead of the server's, if it tells. */
  readonly clockAheadMilliseconds?: number;
  /** When it wants to be asked again: the header `Retry-After`, as it came. */
  readonly retryAfter?: string | null;
}

/**
 * `GET healthcheck`. Good is only status 200 with the body `{}`: the proxy in
 * front answers a stranger with a sign-in page, which is a 200 too.
 */
export async function checkHealth(
  service: Service,
  token: Secret,
  signal?: AbortSignal,
): Promise<Health> {
  const answer = await callApi(service, "healthcheck", {
    token,
    timeoutMilliseconds: HEALTH_TIMEOUT_MILLISECONDS,
    ...(signal && { signal }),
  });
  const { status, body, clockAheadMilliseconds } = answer;
  if (status === 200 && new TextDecoder().decode(body).trim() === "{}") {
    return { state: "ok", status };
  }
  if (asksForLogin(service, answer)) {
    return {
      state: "login_required",
      status,
      ...(clockAheadMilliseconds !== undefined && { clockAheadMilliseconds }),
    };
  }
  if (status === 403) return { state: "not_allowed", status };
  const isAway = !answer.isWhole || status >= 500 || status === 429;
  const retryAfter = answer.headers.get("retry-after");
  return isAway
    ? { state: "unavailable", status, retryAfter }
    : { state: "not_standcloud", status };
}

/**
 * What a health check that is not good means for the user.
 *
 * @param flow of the login that it was asked with.
 */
export function healthProblem(
  { address }: Service,
  { state, status, clockAheadMilliseconds, retryAfter }: Health,
  flow?: string,
): AppError {
  if (state === "login_required") {
    return loginNotAccepted(address, status, { clockAheadMilliseconds, flow });
  }
  if (state === "not_allowed") return notAllowed(address, status);
  if (state === "unavailable") {
    return new AppError(
      "unreachable",
      `${address.text} is out of order (HTTP ${status})`,
      { hints: [tryAgain(retryAfter)], httpStatus: status },
    );
  }
  return notStandCloud(
    address,
    `the health check is answered with HTTP ${status}`,
    status,
  );
}
