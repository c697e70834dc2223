import {
  type Health,
  judgeHealth,
  type LoginState,
  NO_RUNS,
  type RunCounts,
} from "../inspect/health/health.ts";
import { type LoginStatus, loginStatuses } from "../inspect/login_status.ts";
import { environmentKeys } from "../stand/given_keys.ts";
import type { Target } from "../stand/stand.ts";
import type { System } from "../system/system.ts";
import { lookIntoLedger } from "../upload/ledger/look_into_ledger.ts";
import type { CommandInput } from "./command_input.ts";
import type { CommonFlags } from "./flags.ts";

/** Which StandCloud this stand works with, and how it is logged in there. */
export interface StandLogin {
  readonly address: string | null;
  readonly login: LoginState;
}

/**
 * How this stand is, from what lies on it: no request is sent, and no other
 * process of the stand has to wait.
 *
 * @throws what keeps the ledger or the settings from being read.
 */
export async function standHealth(
  input: CommandInput<CommonFlags>,
  { maxAgeSeconds, login }: {
    maxAgeSeconds?: number | undefined;
    /** What is known of the login already. */
    login?: StandLogin | undefined;
  } = {},
): Promise<Health> {
  const { system } = input;
  const runs = await ledgerNumbers(system);
  const known = login ?? await standLogin(input);
  const now = system.clock.now();
  return judgeHealth({ ...runs, ...known }, { now, maxAgeSeconds });
}

/** The ledger in a few numbers; zeros where there is none. */
export async function ledgerNumbers(system: System): Promise<RunCounts> {
  return await lookIntoLedger(system, (history) => history.summary()) ??
    NO_RUNS;
}

export async function standLogin(
  input: CommandInput<CommonFlags>,
): Promise<StandLogin> {
  const stand = await input.stand();
  const target = await stand.targetIfKnown();
  if (target === undefined) {
    const { environment } = input.system;
    if (environmentKeys(environment).length > 0) {
      return { address: null, login: "api_key" };
    }
    const { store } = await stand.logins();
    const statuses = await loginStatuses(store, input.system.clock);
    return { address: null, login: worst(statuses) };
  }
  const { address } = target.chosen;
  return { address: address.text, login: await loginAt(input, target) };
}

async function loginAt(
  { system }: CommandInput<CommonFlags>,
  { given, store, chosen }: Target,
): Promise<LoginState> {
  // Such a key is not sent to this address, and nothing else is used either.
  if (given.refusal !== undefined) return "none";
  if (given.environment.length > 0) return "api_key";
  const statuses = await loginStatuses(store, system.clock);
  const stored = statuses.find(({ address }) =>
    address === chosen.address.text
  );
  if (stored !== undefined) return stored.state;
  return (await given.configured()).length > 0 ? "api_key" : "none";
}

const BAD_FIRST = ["unreadable", "ended", "expired", "refreshable", "valid"];

/** Chooses, of several logins, the one that needs a person most. */
function worst(statuses: readonly LoginStatus[]): LoginState {
  const [first] = statuses.map(({ state }) => state).toSorted((a, b) =>
    BAD_FIRST.indexOf(a) - BAD_FIRST.indexOf(b)
  );
  return first ?? "none";
}
