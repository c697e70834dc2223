import { AppError, messageOf } from "./app_error.ts";
import { DiskFault, diskFault, reasonOf } from "./disk_fault.ts";

/** The file is no SQLite database, or a damaged one. */
export class DatabaseDamage extends AppError {
  constructor(path: string, cause: unknown) {
    super("store_unwritable", `"${path}" is damaged: ${messageOf(cause)}`, {
      cause,
      hints: ["run the command again: the file is set aside"],
    });
    this.name = "DatabaseDamage";
  }
}

/** Another process is in a transaction of its own. */
export class DatabaseBusy extends AppError {
  constructor(path: string, cause: unknown) {
    super("store_unwritable", `Another program keeps "${path}" locked`, {
      cause,
      hints: ["end it, or wait, and run the command again"],
    });
    this.name = "DatabaseBusy";
  }
}

export function attempt<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw failed(path, error);
  }
}

/** SQLITE_CORRUPT and SQLITE_NOTADB; SQLITE_BUSY. Not every error of the runtime has the code itself. */
const DAMAGE = /malformed|not a database/;
const BUSY = /is locked/;
export const DISK = /disk I\/O error/;
export const UNOPENED = /unable to open database file$/;

export function failed(path: string, error: unknown): AppError {
  if (error instanceof AppError) return error;
  const message = messageOf(error);
  if (DAMAGE.test(message)) return new DatabaseDamage(path, error);
  if (BUSY.test(message)) return new DatabaseBusy(path, error);
  const what = `Cannot use "${path}"`;
  return diskFault(error, { what }) ??
    new DiskFault("store_unwritable", `${what}: ${reasonOf(error)}`, {
      cause: error,
      hints: ["free some space, or check the folder"],
    });
}
