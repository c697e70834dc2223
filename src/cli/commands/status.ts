import { checkConnection } from "../../login/check_connection.ts";
import { AppError } from "../../system/app_error.ts";
import { type LoginStatus, loginStatuses } from "../../inspect/login_status.ts";
import { type ConfiguredKey, configuredKey } from "../configured_key.ts";
import type { CommonFlags } from "../flags.ts";
import { readHardpyToml } from "../hardpy_toml.ts";
import { type CommandInput, openSession, openStore } from "../session.ts";

export interface StatusFlags extends CommonFlags {
  readonly online?: boolean;
}

export async function status(
  input: CommandInput<StatusFlags>,
): Promise<number> {
  const { store, keys } = await openStore(input);
  const statuses = await loginStatuses(store, input.system.clock);
  const isKeySet =
    input.system.environment.secret("STANDCLOUD_API_KEY") !== undefined;
  const configured = await keyOfToml(input);
  noteKeys(input, { isKeySet, configured, statuses });
  let exitCode = 0;
  for (const one of statuses) {
    // A login that cannot be read cannot be tested.
    const isTested = input.flags.online && one.flow !== null;
    const error = isTested
      ? await connectionProblem(input, one.address)
      : undefined;
    const connected = isTested ? error === undefined : undefined;
    input.output.result({
      event: "status",
      address: one.address,
      flow: one.flow,
      state: one.state,
      "expires_at": one.expiresAt?.toISOString() ?? null,
      "key_source": one.keyName ?? keys.name,
      source: isKeySet ? "STANDCLOUD_API_KEY" : "login",
      ...(connected !== undefined && { connected }),
      ...(one.problem !== null && { problem: one.problem.message }),
    }, describe(one, { connected, given: keys.name }));
    if (error !== undefined) input.output.error(error);
    const isUnusable = input.flags.online && one.flow === null;
    exitCode = Math.max(exitCode, error?.exitCode ?? 0, isUnusable ? 3 : 0);
  }
  const isLoggedOut = statuses.length === 0 && !isKeySet &&
    configured === undefined;
  return isLoggedOut && input.flags.online ? 3 : exitCode;
}

/** Of a hardpy.toml; one that cannot be read is said and passed over. */
async function keyOfToml(
  { system, output, flags }: CommandInput<StatusFlags>,
): Promise<ConfiguredKey | undefined> {
  try {
    return configuredKey(await readHardpyToml(system, flags.config));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    output.note(`warning: ${error.message}`);
    return undefined;
  }
}

/** Keys that are used without being stored, and which login hides which. */
function noteKeys(
  { output }: CommandInput<StatusFlags>,
  { isKeySet, configured, statuses }: {
    isKeySet: boolean;
    configured: ConfiguredKey | undefined;
    statuses: readonly LoginStatus[];
  },
): void {
  if (statuses.length === 0) {
    output.note("This stand is not logged in anywhere.");
  }
  if (isKeySet) {
    output.note(
      "note: STANDCLOUD_API_KEY is set and is used instead of any stored login",
    );
  }
  if (configured === undefined) return;
  const { name, address: { text } } = configured;
  const hider = isKeySet
    ? "STANDCLOUD_API_KEY"
    : statuses.some(({ address }) => address === text)
    ? "the stored login"
    : undefined;
  output.note(
    hider === undefined
      ? `note: ${name} is used for ${text}`
      : `note: ${hider} is used for ${text} instead of ${name}`,
  );
}

/** Undefined when the connection works. */
async function connectionProblem(
  input: CommandInput<StatusFlags>,
  address: string,
): Promise<AppError | undefined> {
  using session = await openSession(input, address);
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

function describe(
  { address, flow, state, expiresAt, keyName, problem }: LoginStatus,
  { connected, given }: { connected: boolean | undefined; given: string },
): string[] {
  const key = keyName ?? given;
  return [
    `${address}: ${MEANINGS[state]}`,
    ...(flow === null ? [] : [`  flow        ${flow}`]),
    ...(expiresAt === null ? [] : [`  token until ${expiresAt.toISOString()}`]),
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
