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
  for (const one of statuses) {
    const connected = input.flags.online && one.flow !== null
      ? await isConnected(input, one.address)
      : undefined;
    input.output.result({
      event: "status",
      address: one.address,
      flow: one.flow,
      state: one.state,
      "expires_at": one.expiresAt?.toISOString() ?? null,
      "key_source": keys.name,
      ...(connected !== undefined && { connected }),
    }, describe(one, { connected, keyName: keys.name }));
  }
  return 0;
}

async function isConnected(
  input: CommandInput<StatusFlags>,
  address: string,
): Promise<boolean> {
  using session = await openSession(input, address);
  try {
    await checkConnection(
      session.service,
      session.bearer,
      input.system.interrupted,
    );
    return true;
  } catch (error) {
    if (!(error instanceof AppError) || error.exitCode > 100) throw error;
    input.output.error(error);
    return false;
  }
}

const MEANINGS: Record<LoginStatus["state"], string> = {
  valid: "logged in",
  refreshable: "logged in; the next use renews the login",
  expired: "the login has ended; run sc-login",
  unreadable: "the login cannot be read; run sc-login",
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
    ...(problem === null ? [] : [`  problem     ${problem.message}`]),
  ];
}
