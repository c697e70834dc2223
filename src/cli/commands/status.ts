import { checkConnection } from "../../login/check_connection.ts";
import { AppError } from "../../system/app_error.ts";
import { type LoginStatus, loginStatuses } from "../../inspect/login_status.ts";
import type { CommonFlags } from "../flags.ts";
import { type CommandInput, openSession, openStore } from "../session.ts";

export interface StatusFlags extends CommonFlags {
  readonly online?: boolean;
}

export async function status(
  input: CommandInput<StatusFlags>,
): Promise<number> {
  const { store, keys } = await openStore(input);
  const statuses = await loginStatuses(store, input.system.clock);
  if (statuses.length === 0) {
    input.output.note("This stand is not logged in anywhere.");
  }
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
      "key_source": keys.name,
      ...(connected !== undefined && { connected }),
      ...(one.problem !== null && { problem: one.problem.message }),
    }, describe(one, { connected, keyName: keys.name }));
    if (error !== undefined) input.output.error(error);
    exitCode = Math.max(exitCode, error?.exitCode ?? 0);
  }
  return exitCode;
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
  unreadable: "the login cannot be read",
};

function describe(
  { address, flow, state, expiresAt, problem }: LoginStatus,
  { connected, keyName }: { connected: boolean | undefined; keyName: string },
): string[] {
  return [
    `${address}: ${MEANINGS[state]}`,
    ...(flow === null ? [] : [`  flow        ${flow}`]),
    ...(expiresAt === null ? [] : [`  token until ${expiresAt.toISOString()}`]),
    `  key         ${keyName}`,
    ...(connected === undefined
      ? []
      : [`  connection  ${connected ? "success" : "failed"}`]),
    ...(problem === null ? [] : [
      `  problem     ${problem.message}`,
      ...problem.hints.map((hint) => `  hint        ${hint}`),
    ]),
  ];
}
