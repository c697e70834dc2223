import type { RunCounts } from "../health/health.ts";
import { runTexts } from "../health/health_text.ts";
import { type CheckItem, failed, ok, warning } from "./check_item.ts";

/** What of this stand's runs is not at StandCloud. */
export async function* checkLedger(
  ask: () => Promise<RunCounts>,
  now: Date,
): AsyncGenerator<CheckItem> {
  try {
    const runs = await ask();
    const { held, rejected } = runs.counts;
    const message = runTexts(runs, now).join(", ");
    yield held + rejected === 0
      ? ok("ledger", message)
      : warning("ledger", message, "mend these runs and upload them again");
  } catch (error) {
    yield failed("ledger", error);
  }
}
