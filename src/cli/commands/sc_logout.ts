import { AppError } from "../../system/app_error.ts";
import { logOut } from "../../login/log_out.ts";
import type { CommonFlags } from "../flags.ts";
import { addressOfLogin } from "../../stand/choose_address.ts";
import type { CommandInput } from "../command_input.ts";
import { noteConfiguredKey, noteEnvironmentKey } from "../shadowed_logins.ts";

export interface LogoutFlags extends CommonFlags {
  readonly all?: boolean;
}

export async function scLogout(
  input: CommandInput<LogoutFlags>,
  address: string | undefined,
): Promise<number> {
  noteEnvironmentKey(input);
  if (!input.flags.all) {
    await logOutOf(input, address);
    return 0;
  }
  if (address !== undefined) {
    throw new AppError("usage", "Give either an ADDRESS or --all, not both");
  }
  const { store } = await (await input.stand()).logins();
  const stored = await store.list();
  if (stored.length === 0) {
    input.output.note("This stand is not logged in anywhere.");
  }
  let exitCode = 0;
  for (const fileName of stored) {
    try {
      await logOutOf(input, await addressOfLogin(store, fileName));
    } catch (error) {
      // The others are logged out all the same.
      if (!(error instanceof AppError)) throw error;
      input.output.error(error);
      exitCode ||= error.exitCode;
    }
  }
  return exitCode;
}

async function logOutOf(
  input: CommandInput<LogoutFlags>,
  given: string | undefined,
): Promise<void> {
  const { output } = input;
  const stand = await input.stand();
  const session = await stand.session(given);
  const { text: address } = session.service.address;
  const done = await logOut(session.service, {
    store: session.store,
    clock: input.system.clock,
    signal: input.system.interrupted,
  });
  if (done === undefined) {
    throw new AppError("not_logged_in", `Not logged in to ${address}`);
  }
  if (done.reason !== undefined) {
    output.note(
      `note: the login is deleted here, but not ended at the server: ${done.reason}`,
    );
  }
  await noteConfiguredKey(input, session);
  output.result(
    { event: "logged_out", address, revoked: done.revoked },
    [`HardPy logout success from ${address}`],
  );
}
