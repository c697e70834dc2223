import {
  type CheckItem,
  exitCodeOf,
  failed,
} from "../../inspect/doctor/check_item.ts";
import { examineService, examineStand } from "../../inspect/doctor/doctor.ts";
import { checkLedger } from "../../inspect/doctor/ledger_check.ts";
import { AppError } from "../../system/app_error.ts";
import type { CommonFlags } from "../flags.ts";
import { environmentKeys, STORED } from "../../stand/given_keys.ts";
import type { CommandInput } from "../command_input.ts";
import { lookedAt, whoseText } from "../looked_at.ts";
import { ledgerNumbers } from "../stand_health.ts";
import type { Session } from "../../stand/stand.ts";
import { insteadOf, loginSources } from "../shadowed_logins.ts";

export async function doctor(
  input: CommandInput<CommonFlags>,
  given: string | undefined,
): Promise<number> {
  const { system, output } = input;
  const items: CheckItem[] = [];
  const note = (item: CheckItem) => {
    items.push(item);
    const { group, state, message, hints } = item;
    output.result(
      {
        event: "check_item",
        group,
        state,
        message,
        hint: hints.length === 0 ? null : hints.join("; "),
      },
      [
        `${state.padEnd(7)}  ${group.padEnd(8)}  ${message}`,
        ...hints.map((hint) => `  hint: ${hint}`),
      ],
      state === "ok",
    );
  };
  const session = await openOrExplain(input, given);
  const stand = {
    ...await (await input.stand()).logins(),
    keyInUse: () => keyInUse(input, session),
  };
  for await (const item of examineStand(system, stand)) note(item);
  const ask = () => ledgerNumbers(system);
  for await (const item of checkLedger(ask, system.clock.now())) note(item);
  if ("bearer" in session) {
    const { service, bearer, given: { refusal } } = session;
    // The logins have told a refusal: the API is not asked to tell it again.
    const asked = { service, ...(refusal === undefined && { bearer }) };
    for await (const item of examineService(system, asked)) note(item);
  } else note(session);
  return summarize(input, items);
}

const STATES = ["ok", "warning", "failed"] as const;

/** Counts the findings and says whose files were looked at; gives the exit code. */
function summarize(
  { system, output }: CommandInput<CommonFlags>,
  items: readonly CheckItem[],
): number {
  const counted = (state: CheckItem["state"]) =>
    items.filter((item) => item.state === state).length;
  const counts = {
    ok: counted("ok"),
    warning: counted("warning"),
    failed: counted("failed"),
  };
  const { user, folder, ledger } = lookedAt(system);
  const exitCode = exitCodeOf(items);
  const found = { ...counts, user, folder, ledger };
  const text = STATES.map((state) => `${counts[state]} ${state}`).join(", ");
  output.result(
    { event: "doctor_summary", ...found, "exit_code": exitCode },
    [`${text} (logins${whoseText(user, folder)})`],
  );
  return exitCode;
}

/**
 * The line that names the key in use; undefined when that is the stored login, or nothing.
 *
 * @throws `usage` when a key of the environment is not sent to the address.
 */
async function keyInUse(
  { system }: CommandInput<CommonFlags>,
  session: Session | CheckItem,
): Promise<string | undefined> {
  if (!("bearer" in session)) {
    const [used] = environmentKeys(system.environment);
    return used && `${used.name} is used instead of any stored login`;
  }
  const { store, given: { refusal }, chosen: { address } } = session;
  if (refusal !== undefined) throw refusal;
  const sources = await loginSources(session, await store.has(address));
  const [used, ...hidden] = sources;
  return used === undefined || (used === STORED && hidden.length === 0)
    ? undefined
    : `${used} is used for ${address.text}${insteadOf(hidden)}`;
}

/** A finding when it is not clear which service to look at. */
async function openOrExplain(
  input: CommandInput<CommonFlags>,
  given: string | undefined,
): Promise<Session | CheckItem> {
  try {
    return await (await input.stand()).session(given);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // A stand can be looked at without a service; a wrong address is an error.
    if (given !== undefined && error.code === "usage") throw error;
    const item = failed("settings", error);
    return error.code === "usage" ? { ...item, state: "warning" } : item;
  }
}
