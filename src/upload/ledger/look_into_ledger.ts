import { AppError } from "../../system/app_error.ts";
import { readDatabase } from "../../system/database.ts";
import { DatabaseDamage } from "../../system/database_errors.ts";
import type { System } from "../../system/system.ts";
import { HistoryView } from "./history.ts";

/**
 * Looks into the ledger. Changes nothing in it, also where it is older or
 * damaged, and keeps no other process waiting. Returns undefined where there is no ledger.
 *
 * @throws `store_unsafe`, `store_unwritable`
 */
export async function lookIntoLedger<T>(
  system: System,
  look: (history: HistoryView) => T,
): Promise<T | undefined> {
  const path = system.paths().ledgerFile;
  try {
    const database = await readDatabase(path);
    using _database = database;
    const isEmpty = database?.get(HAS_REPORTS) === undefined;
    return isEmpty || database === undefined
      ? undefined
      : look(new HistoryView(database));
  } catch (error) {
    if (!(error instanceof DatabaseDamage)) throw error;
    throw new AppError("store_unwritable", error.message, {
      cause: error,
      hints: ["run: standcloud history; it sets the damaged file aside"],
    });
  }
}

const HAS_REPORTS =
  "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'reports'";
