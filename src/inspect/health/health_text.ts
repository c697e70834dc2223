import { ageText } from "../age.ts";
import {
  type Health,
  type HealthState,
  type LoginState,
  waitingRuns,
} from "./health.ts";

/** `health`: is this stand all right? */
export interface HealthEvent {
  readonly event: "health";
  readonly state: HealthState;
  readonly address: string | null;
  readonly login: LoginState;
  /** How many runs. */
  readonly waiting: number;
  readonly "oldest_waiting_at": string | null;
  readonly held: number;
  readonly rejected: number;
  readonly "last_uploaded_at": string | null;
  readonly version: string;
  readonly "exit_code": number;
}

/** The `health` event. */
export function healthEvent(health: Health, version: string): HealthEvent {
  const { counts, oldestWaitingAt, lastUploadedAt } = health;
  return {
    event: "health",
    state: health.state,
    address: health.address,
    login: health.login,
    waiting: waitingRuns(health),
    "oldest_waiting_at": oldestWaitingAt?.toISOString() ?? null,
    held: counts.held,
    rejected: counts.rejected,
    "last_uploaded_at": lastUploadedAt?.toISOString() ?? null,
    version,
    "exit_code": health.exitCode,
  };
}

const LOGINS: Readonly<Record<LoginState, string>> = {
  valid: "logged in",
  refreshable: "logged in",
  "api_key": "an API key is used",
  expired: "the login has ended",
  ended: "the login has ended",
  unreadable: "the login cannot be read",
  none: "not logged in",
};

/** The same for a person, in one line. */
export function healthLine(
  health: Health,
  { now, version }: { now: Date; version: string },
): string {
  const { address, login, lastUploadedAt } = health;
  const where = address === null ? "" : ` (${address})`;
  const parts = [
    `${LOGINS[login]}${where}`,
    ...runTexts(health, now),
    lastUploadedAt === null
      ? "nothing was uploaded yet"
      : `last upload ${ageText(lastUploadedAt, now)} ago`,
    `standcloud ${version}`,
  ];
  return `${health.state.replaceAll("_", " ")}: ${parts.join(", ")}`;
}

/** What is not at StandCloud: `nothing waits`, or how many runs wait, are held, were refused. */
export function runTexts(
  runs: Pick<Health, "counts" | "oldestWaitingAt" | "lastUploadedAt">,
  now: Date,
): string[] {
  const { counts: { held, rejected }, oldestWaitingAt } = runs;
  const age = oldestWaitingAt && ageText(oldestWaitingAt, now);
  const waiting = waitingRuns(runs);
  return [
    waiting === 0
      ? "nothing waits"
      : waiting === 1
      ? `1 run waits for ${age}`
      : `${waiting} runs wait, the oldest for ${age}`,
    ...held === 0 ? [] : [`${held} held by a rule (standcloud history --held)`],
    ...rejected === 0
      ? []
      : [`${rejected} refused (standcloud history --rejected)`],
  ];
}
