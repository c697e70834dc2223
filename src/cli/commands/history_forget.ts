import { AppError } from "../../system/app_error.ts";
import type { Entry } from "../../upload/ledger/entry.ts";
import type { History } from "../../upload/ledger/history.ts";
import { openLedger } from "../../upload/ledger/open_ledger.ts";
import type { CommandInput } from "../command_input.ts";
import type { CommonFlags } from "../flags.ts";
import { eachOnce, entriesOf } from "../ledger_entries.ts";
import { chosenState, type StateFlags } from "./history.ts";

export type ForgetFlags =
  & CommonFlags
  & Pick<StateFlags, "rejected" | "held">;

/** Drops what is named, or all that was refused or is held, whatever its address. */
export async function historyForget(
  input: CommandInput<ForgetFlags>,
  prefixes: readonly string[],
): Promise<number> {
  const { output, flags } = input;
  const state = chosenState(flags);
  if ((state === undefined) === (prefixes.length === 0)) {
    throw new AppError("usage", "Give digests, or --rejected, or --held", {
      hints: ["standcloud history --json lists the digests"],
    });
  }
  const stand = await input.stand();
  const address = await stand.addressIfKnown();
  const opened = await stand.part(openLedger);
  await opened.ledger.recover();
  const entries = state === undefined
    ? namedEntries(opened.history, prefixes, address)
    : [...opened.history.entries({ state })];
  for (const entry of entries) {
    if (!opened.history.forget(entry)) throw isBusy(entry);
    const { digest, address, source, state } = entry;
    const facts = [digest.slice(0, 12), state, address];
    output.result({ event: "forgotten", digest, address, source }, [
      `forgotten  ${source} (${facts.join(", ")})`,
    ]);
  }
  output.result(
    { event: "forget_summary", forgotten: entries.length },
    entries.length === 0 ? [`No run is ${state}: nothing was forgotten.`] : [],
  );
  return 0;
}

function namedEntries(
  history: History,
  prefixes: readonly string[],
  address: string | undefined,
): Entry[] {
  return eachOnce(
    prefixes.map((prefix) => meant(entriesOf(history, prefix), address)),
  );
}

/** A report may have gone to several addresses: takes the entry of the current one. */
function meant(entries: readonly Entry[], address: string | undefined): Entry {
  const [first, ...others] = entries;
  const entry = others.length === 0
    ? first
    : entries.find((one) => one.address === address);
  if (entry !== undefined) return entry;
  const addresses = entries.map((one) => one.address).join(", ");
  throw new AppError(
    "usage",
    `"${first?.source}" went to several addresses: ${addresses}`,
    { hints: ["set STANDCLOUD_ADDRESS to the one that is meant"] },
  );
}

function isBusy({ source }: Entry): AppError {
  return new AppError("usage", `"${source}" is being sent right now`, {
    hints: ["wait until it has been sent, or end that upload"],
  });
}
