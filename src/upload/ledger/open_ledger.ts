import { dirname, join } from "node:path";
import { AppError } from "../../system/app_error.ts";
import {
  type Database,
  DatabaseDamage,
  moveAside,
  openDatabase,
} from "../../system/database.ts";
import type { System } from "../../system/system.ts";
import { Claims } from "./claims.ts";
import { History } from "./history.ts";
import { Ledger } from "./ledger.ts";
import { migrate } from "./schema.ts";

export interface OpenLedger extends AsyncDisposable {
  readonly ledger: Ledger;
  readonly history: History;
  /** False: it ends with the process. */
  readonly isDurable: boolean;
}

/**
 * Opens the stand's ledger. A damaged one is kept beside a new, empty one;
 * where none can be kept there is one for as long as the process lives.
 *
 * @param warn told what that means, in a sentence.
 */
export async function openLedger(
  system: System,
  warn: (message: string) => void,
): Promise<OpenLedger> {
  try {
    const path = system.paths().ledgerFile;
    const database = await openMended(path, { system, warn });
    return assemble(system, database, join(dirname(path), "claims"));
  } catch (error) {
    const isUnwritable = error instanceof AppError &&
      ["store_unwritable", "usage"].includes(error.code);
    if (!isUnwritable) throw error;
    warn(
      `the ledger cannot be kept (${error.message}): a later upload will not know what this one has sent`,
    );
    return assemble(system, await openSound(":memory:"), undefined);
  }
}

async function openMended(
  path: string,
  { system, warn }: { system: System; warn(message: string): void },
): Promise<Database> {
  try {
    return await openSound(path);
  } catch (error) {
    if (!(error instanceof DatabaseDamage)) throw error;
    const aside = await moveAside(path, system.clock.now());
    warn(
      `the ledger was damaged (${error.message}) and is now "${aside}": what was uploaded before is not known any more, so a report that is uploaded again may be at StandCloud twice`,
    );
    return await openSound(path);
  }
}

async function openSound(path: string): Promise<Database> {
  const database = await openDatabase(path);
  try {
    migrate(database, path);
    return database;
  } catch (error) {
    database[Symbol.dispose]();
    throw error;
  }
}

function assemble(
  system: System,
  database: Database,
  folder: string | undefined,
): OpenLedger {
  const claims = new Claims(database, { files: system.privateFiles, folder });
  const ledger = new Ledger(database, { clock: system.clock, claims });
  return {
    ledger,
    history: new History(database),
    isDurable: folder !== undefined,
    [Symbol.asyncDispose]: () => ledger[Symbol.asyncDispose](),
  };
}
