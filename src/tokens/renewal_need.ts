import type { Secret } from "../system/secret.ts";
import type { OAuthLogin } from "./login.ts";

/**
 * Whether a login is renewed: not yet (`none`), as soon as that works
 * (`early`), or before the next request, because its access token has ended
 * (`now`).
 */
export type RenewalNeed = "none" | "early" | "now";

/** Commands renew a login when more than this part of its life is gone. */
export const USE_PART = 1 / 10;
/** A program that only waits renews its login after this part of the life. */
export const IDLE_PART = 1 / 2;

/**
 * Some services give tokens that live for seconds. A younger login than this is
 * not renewed early, so that such a service is not asked for each request.
 */
const YOUNG_MILLISECONDS = 5000;
const SHORTEST_PAUSE_MILLISECONDS = 1000;

/** Why a token is asked for. */
export interface Use {
  /** A token that the service has refused. */
  readonly rejected?: Secret | undefined;
  /** The login is renewed early when more than this part of its life is gone. */
  readonly part: number;
}

export function renewalNeed(
  login: OAuthLogin,
  { now, part, rejected }: Use & { now: Date },
): RenewalNeed {
  const { accessToken, refreshToken, expiresAt, obtainedAt } = login;
  if (rejected?.reveal() === accessToken.reveal()) return "now";
  if (expiresAt === undefined) return "none";
  if (now >= expiresAt) return "now";
  if (refreshToken === undefined) return "none";
  const age = now.getTime() - obtainedAt.getTime();
  // The clock was set back, so the age of the login is unknown.
  if (age < 0) return "early";
  const life = lifeOf(login);
  const young = Math.min(life / 2, YOUNG_MILLISECONDS);
  return age > Math.max(life * part, young) ? "early" : "none";
}

/** How long a renewal that may fail is left alone after it has failed. */
export function renewalPause(login: OAuthLogin): number {
  return Math.max(lifeOf(login) / 20, SHORTEST_PAUSE_MILLISECONDS);
}

/** Infinite when the service did not say when the access token ends. */
function lifeOf({ expiresAt, obtainedAt }: OAuthLogin): number {
  if (expiresAt === undefined) return Infinity;
  return expiresAt.getTime() - obtainedAt.getTime();
}
