import { openLedger } from "../upload/ledger/open_ledger.ts";
import { keepsRunsBelow } from "../upload/sources/kept_runs.ts";
import type { CommandInput } from "./command_input.ts";
import type { CommonFlags } from "./flags.ts";

/** Whether a folder without files is meant for its runs that wait in the ledger. */
export function keptBelow(
  input: CommandInput<CommonFlags>,
): (folder: string) => Promise<boolean> {
  return async (folder) => {
    const stand = await input.stand();
    const address = await stand.addressIfKnown();
    const open = () => stand.part(openLedger);
    const options = { address, openLedger: open };
    return await keepsRunsBelow(input.system, folder, options);
  };
}
