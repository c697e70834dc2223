import { dirname, join } from "node:path";
import { AppError } from "../../system/app_error.ts";
import { DiskFault, reasonOf } from "../../system/disk_fault.ts";
import {
  type Database,
  hasDatabase,
  moveAside,
  openDatabase,
} from "../../system/database.ts";
import { DatabaseDamage } from "../../system/database_errors.ts";
import { lockFile } from "../../system/file_lock.ts";
import type { System } from "../../system/system.ts";
import { UnfitDisk } from "../../system/unfit_disk.ts";
import { Claims } from "./claims.ts";
import { History } from "./history.ts";
import { Ledger } from "./ledger.ts";
import { Origin } from "./origin.ts";
import { migrate } from "./schema.ts";

export interface OpenLedger extends AsyncDisposable {
  readonly ledger: Ledger;
  readonly history: History;
  /** False: it ends with the process. */
  readonly isDurable: boolean;
}

/**
 * Opens the stand's ledger. A damaged one is kept beside a new, empty one;
 * where there is none and none can be made there is one for as long as the
 * process lives.
 *
 * @param warn told what that means, in a sentence.
 * @throws `store_unsafe`, `store_unwritable` for one that is there and cannot
 * be used: to do without what it knows would send reports twice.
 */
export async function openLedger(
  system: System,
  warn: (message: string) => void,
): Promise<OpenLedger> {
  try {
    const path = system.paths().ledgerFile;
    return await openAlone(path, { system, warn });
  } catch (error) {
    if (!(error instanceof AppError) || error instanceof UnfitDisk) throw error;
    if (await hasLedger(system)) throw error;
    // A disk that fails now may hold a ledger all the same.
    if (error instanceof DiskFault && !error.isForbidden) throw error;
    if (!["store_unwritable", "usage"].includes(error.code)) throw error;
    warn(
      `the ledger cannot be kept (${error.message}): a later upload will not know what this one has sent`,
    );
    return await assemble(system, await openSound(":memory:"), undefined);
  }
}

/**
 * False also where there is no home to keep one in.
 *
 * @throws `store_unwritable` where a disk that is away may hold one.
 */
export async function hasLedger(system: System): Promise<boolean> {
  const path = ledgerPath(system);
  try {
    return path !== undefined && await hasDatabase(path);
  } catch (error) {
    throw new AppError(
      "store_unwritable",
      `Cannot reach the ledger "${path}": ${reasonOf(error)}`,
      {
        cause: error,
        hints: [
          "make its folder reachable: without the ledger all runs would be sent again",
        ],
      },
    );
  }
}

function ledgerPath(system: System): string | undefined {
  try {
    return system.paths().ledgerFile;
  } catch {
    return undefined;
  }
}

interface Place {
  readonly path: string;
  readonly warn: (message: string) => void;
}

/** One process after the other: of two that make the file SQLite would refuse one. */
async function openAlone(
  path: string,
  { system, warn }: { system: System; warn(message: string): void },
): Promise<OpenLedger> {
  const { clock, interrupted: signal } = system;
  using _lock = await lockFile(`${path}.lock`, { clock, signal });
  const database = await openSound(path).catch(async (error) => {
    if (!(error instanceof DatabaseDamage)) throw error;
    await setAside(system, error, { path, warn });
    return await openSound(path);
  });
  return await assemble(system, database, { path, warn });
}

async function setAside(
  { clock }: System,
  damage: DatabaseDamage,
  { path, warn }: Place,
): Promise<void> {
  const aside = await moveAside(path, clock.now());
  warn(
    `the ledger was damaged (${damage.message}) and is now "${aside}": what was uploaded before is not known any more, so a report that is uploaded again may be at StandCloud twice`,
  );
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

async function assemble(
  system: System,
  database: Database,
  place: Place | undefined,
): Promise<OpenLedger> {
  const { clock, privateFiles: files } = system;
  const folder = place && join(dirname(place.path), "claims");
  const claims = new Claims(database, { files, folder });
  const path = place && `${place.path}.mark`;
  const origin = new Origin(database, { path, clock });
  if (await origin.check()) {
    place?.warn(
      "the ledger was restored from a backup, or copied: runs that it does not know are looked up at StandCloud before they are sent",
    );
  }
  const ledger = new Ledger(database, { ...system, claims, origin });
  return {
    ledger,
    history: new History(database),
    isDurable: place !== undefined,
    async [Symbol.asyncDispose]() {
      const { damage } = database;
      if (damage === undefined || place === undefined) {
        return await ledger[Symbol.asyncDispose]();
      }
      // Found on the way: the next command shall not stumble over it again.
      const { clock } = system;
      using _lock = await lockFile(`${place.path}.lock`, { clock });
      const isCurrent = await database.isCurrent();
      origin[Symbol.dispose]();
      database[Symbol.dispose]();
      if (isCurrent) await setAside(system, damage, place);
    },
  };
}
