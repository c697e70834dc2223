import type { LoginStatus } from "../login_status.ts";

/** How the stand is logged in. `api_key`: with a key that it was given. */
export type LoginState = LoginStatus["state"] | "api_key" | "none";

/** All of them, in the order of the metrics. */
export const LOGIN_STATES: readonly LoginState[] = [
  "valid",
  "refreshable",
  "api_key",
  "expired",
  "ended",
  "unreadable",
  "none",
];

const LOGGED_IN: readonly LoginState[] = ["valid", "refreshable", "api_key"];

/** The stand's ledger in a few numbers. */
export interface RunCounts {
  /** By state. A run that is being sent is in `sending`, not in `waiting`. */
  readonly counts: Readonly<
    Record<
      "uploaded" | "waiting" | "sending" | "rejected" | "held" | "superseded",
      number
    >
  >;
  /** Since when the run waits that waits longest; null when none does. */
  readonly oldestWaitingAt: Date | null;
  readonly lastUploadedAt: Date | null;
}

/** The counts of a stand without a ledger. */
export const NO_RUNS: RunCounts = {
  counts: {
    uploaded: 0,
    waiting: 0,
    sending: 0,
    rejected: 0,
    held: 0,
    superseded: 0,
  },
  oldestWaitingAt: null,
  lastUploadedAt: null,
};

export interface HealthFacts extends RunCounts {
  /** Null when no address is given and none can be concluded. */
  readonly address: string | null;
  readonly login: LoginState;
}

export interface HealthOptions {
  readonly now: Date;
  /** A run may wait so long before that is a problem; by default no run may wait. */
  readonly maxAgeSeconds?: number | undefined;
}

/** The first problem in the order of the exit codes. */
export type HealthState = "ok" | "login_required" | "attention" | "waiting";

export const HEALTH_EXIT_CODES: Readonly<Record<HealthState, number>> = {
  ok: 0,
  "login_required": 3,
  attention: 5,
  waiting: 6,
};

/** Whether this stand is all right. */
export interface Health extends HealthFacts {
  readonly state: HealthState;
  readonly exitCode: number;
}

/**
 * Judges a stand from what lies on it. The network is not asked, so the exit
 * code is never 4.
 */
export function judgeHealth(
  facts: HealthFacts,
  options: HealthOptions,
): Health {
  const state = stateOf(facts, options);
  return { ...facts, state, exitCode: HEALTH_EXIT_CODES[state] };
}

function stateOf(
  { login, counts, oldestWaitingAt }: HealthFacts,
  { now, maxAgeSeconds = 0 }: HealthOptions,
): HealthState {
  if (!LOGGED_IN.includes(login)) return "login_required";
  if (counts.held + counts.rejected > 0) return "attention";
  if (oldestWaitingAt === null) return "ok";
  const seconds = (now.getTime() - oldestWaitingAt.getTime()) / 1000;
  return maxAgeSeconds === 0 || seconds > maxAgeSeconds ? "waiting" : "ok";
}

/** How many runs are not at StandCloud yet and need no person. */
export function waitingRuns({ counts }: RunCounts): number {
  return counts.waiting + counts.sending;
}
