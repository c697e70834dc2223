import { checkConnection } from "../../login/check_connection.ts";
import { AppError } from "../../system/app_error.ts";
import { type LoginStatus, loginStatuses } from "../../inspect/login_status.ts";
import type { CommonFlags } from "../flags.ts";
import { environmentKeys, STORED } from "../../stand/given_keys.ts";
import type { CommandInput } from "../command_input.ts";
import { lookedAt, whoseText } from "../looked_at.ts";
import { standHealth } from "../stand_health.ts";
import type { Target } from "../../stand/stand.ts";
import { timesOf } from "../times.ts";
import type { System } from "../../system/system.ts";
import { insteadOf, loginSources, noteRefusal } from "../shadowed_logins.ts";

export interface StatusFlags extends CommonFlags {
  readonly online?: boolean;
  readonly exitCode?: boolean;
}

export async function status(
  input: CommandInput<StatusFlags>,
): Promise<number> {
  const { output, flags } = input;
  const target = await orWarn(
    input,
    async () => (await input.stand()).targetIfKnown(),
  );
  const { store, keys } = target ?? await (await input.stand()).logins();
  const statuses = await loginStatuses(store, input.system.clock);
  const sources = await sourcesOf(input, target, statuses);
  noteSources(input, { target, sources, statuses });
  const sourceOf = (address: string) =>
    address === target?.chosen.address.text
      ? eventSource(sources)
      : environmentKeys(input.system.environment)[0]?.name ?? "login";
  let exitCode = 0;
  for (const one of statuses) {
    // A login that cannot be read cannot be tested.
    const isTested = flags.online && one.flow !== null;
    const error = isTested
      ? await connectionProblem(input, one.address)
      : undefined;
    const connected = isTested ? error === undefined : undefined;
    const until = one.expiresAt && timeText(input.system, one.expiresAt);
    output.result({
      event: "status",
      address: one.address,
      flow: one.flow,
      state: one.state,
      "expires_at": one.expiresAt?.toISOString() ?? null,
      "key_source": one.keyName ?? keys.name,
      source: sourceOf(one.address),
      ...(connected !== undefined && { connected }),
      ...(one.problem !== null && { problem: one.problem.message }),
    }, describe(one, { connected, given: keys.name, until }));
    if (error !== undefined) output.error(error);
    const isUnusable = flags.online && one.flow === null;
    exitCode = Math.max(exitCode, error?.exitCode ?? 0, isUnusable ? 3 : 0);
  }
  summarize(input, { target, sources, statuses });
  const isLoggedOut = statuses.length === 0 && sources.length === 0;
  if (isLoggedOut && flags.online) return 3;
  if (exitCode !== 0 || !flags.exitCode) return exitCode;
  return (await standHealth(input)).exitCode;
}

/** The logins and keys that were found for the current address. */
interface Found {
  readonly target: Target | undefined;
  readonly sources: readonly string[];
  readonly statuses: readonly LoginStatus[];
}

function summarize(
  { system, output }: CommandInput<StatusFlags>,
  { target, sources, statuses }: Found,
): void {
  const { user, folder } = lookedAt(system);
  output.result({
    event: "status_summary",
    logins: statuses.length,
    "default_address": target?.chosen.address.text ?? null,
    source: eventSource(sources),
    user,
    folder,
  }, []);
}

/** Undefined, with a warning, where a file of the settings cannot be read. */
async function orWarn<T>(
  { output }: CommandInput<StatusFlags>,
  ask: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    output.note(`warning: ${error.message}`);
    return undefined;
  }
}

/** All logins and keys for the current address; the first is the one that commands use. */
async function sourcesOf(
  input: CommandInput<StatusFlags>,
  target: Target | undefined,
  statuses: readonly LoginStatus[],
): Promise<string[]> {
  if (target === undefined) {
    const keys = environmentKeys(input.system.environment);
    return keys.map(({ name }) => name);
  }
  const { text } = target.chosen.address;
  const isStored = statuses.some(({ address }) => address === text);
  return await orWarn(input, () => loginSources(target, isStored)) ??
    (isStored ? [STORED] : []);
}

function eventSource([used]: readonly string[]): string | null {
  return used === STORED ? "login" : used ?? null;
}

/** Keys that are used without being stored, and which login hides which. */
function noteSources(
  input: CommandInput<StatusFlags>,
  { target, sources, statuses }: Found,
): void {
  const { output } = input;
  if (statuses.length === 0) {
    output.note("This stand is not logged in anywhere.");
  }
  if (statuses.length === 0 && sources.length === 0) {
    const { user, folder } = lookedAt(input.system);
    output.note(`note: looked for logins${whoseText(user, folder)}`);
  }
  const [used, ...hidden] = sources;
  const isKey = used !== undefined &&
    environmentKeys(input.system.environment).some(({ name }) => name === used);
  if (isKey) {
    output.note(
      `note: ${used} is set and is used instead of any stored login`,
    );
  }
  if (target === undefined) return;
  noteRefusal(input, target);
  const isSaid = isKey ? hidden.every((name) => name === STORED) : used ===
      STORED && hidden.length === 0;
  if (used === undefined || isSaid) return;
  const { text } = target.chosen.address;
  output.note(`note: ${used} is used for ${text}${insteadOf(hidden)}`);
}

/** Undefined when the connection works. */
async function connectionProblem(
  input: CommandInput<StatusFlags>,
  address: string,
): Promise<AppError | undefined> {
  const stand = await input.stand();
  const session = await stand.session(address);
  try {
    await checkConnection(
      session.service,
      session.storedBearer,
      input.system.interrupted,
    );
    return undefined;
  } catch (error) {
    if (!(error instanceof AppError) || error.exitCode > 100) throw error;
    return error;
  }
}

const MEANINGS: Record<LoginStatus["state"], string> = {
  valid: "logged in",
  refreshable: "logged in; the next use renews the login",
  expired: "the login has ended; run sc-login",
  ended: "the login has ended, StandCloud refused to renew it; run sc-login",
  unreadable: "the login cannot be read",
};

/** Local time for a person; where a script may read it, as it always was. */
function timeText(system: System, date: Date): string {
  return system.terminal.stdoutIsTerminal
    ? timesOf(system, "stdout").full(date)
    : date.toISOString();
}

function describe(
  { address, flow, state, keyName, problem }: LoginStatus,
  { connected, given, until }: {
    connected: boolean | undefined;
    given: string;
    /** When its token ends. */
    until: string | null;
  },
): string[] {
  const key = keyName ?? given;
  return [
    `${address}: ${MEANINGS[state]}`,
    ...(flow === null ? [] : [`  flow        ${flow}`]),
    ...(until === null ? [] : [`  token until ${until}`]),
    `  key         ${key}`,
    ...(key === given ? [] : [
      `  note        not sealed with ${given} yet; run: standcloud key --rotate`,
    ]),
    ...(connected === undefined
      ? []
      : [`  connection  ${connected ? "success" : "failed"}`]),
    ...(problem === null ? [] : [
      `  problem     ${problem.message}`,
      ...problem.hints.map((hint) => `  hint        ${hint}`),
    ]),
  ];
}
