import {
  type CheckItem,
  exitCodeOf,
  failed,
} from "../../inspect/doctor/check_item.ts";
import { examineService, examineStand } from "../../inspect/doctor/doctor.ts";
import { AppError } from "../../system/app_error.ts";
import type { CommonFlags } from "../flags.ts";
import {
  type CommandInput,
  openSession,
  openStore,
  type Session,
} from "../session.ts";

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
  for await (const item of examineStand(system, await openStore(input))) {
    note(item);
  }
  const session = await openOrExplain(input, given, note);
  if (session !== undefined) {
    using _open = session;
    for await (const item of examineService(system, session)) note(item);
  }
  return exitCodeOf(items);
}

/** Undefined when it is not clear which service to look at. */
async function openOrExplain(
  input: CommandInput<CommonFlags>,
  given: string | undefined,
  note: (item: CheckItem) => void,
): Promise<Session | undefined> {
  try {
    return await openSession(input, given);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // A stand can be looked at without a service; a wrong address is an error.
    if (given !== undefined && error.code === "usage") throw error;
    const item = failed("settings", error);
    note(error.code === "usage" ? { ...item, state: "warning" } : item);
    return undefined;
  }
}
