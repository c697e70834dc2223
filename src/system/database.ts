import { dirname } from "node:path";
import { AppError, messageOf } from "./app_error.ts";
import { moveFile } from "./move_file.ts";
import {
  checkPrivate,
  ensurePrivateFolder,
  isAbsent,
} from "./private_folders.ts";

export type Row = Readonly<Record<string, unknown>>;
type Value = string | number | bigint | Uint8Array | null;
export type Values = Readonly<Record<string, Value>>;

/** A SQLite database file that the processes of this machine share. */
export interface Database extends Disposable {
  run(sql: string, values?: Values): void;
  get(sql: string, values?: Values): Row | undefined;
  all(sql: string, values?: Values): Row[];
  /** All of the work or nothing; on disk, also after a power cut, when it returns. */
  transaction<T>(work: () => T): T;
  /** What was found on the way, which nothing before had shown. */
  readonly damage: DatabaseDamage | undefined;
  /** False when another process has moved the file aside, or removed it. */
  isCurrent(): Promise<boolean>;
}

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

/** How long SQLite waits for another process's transaction; nothing else happens meanwhile. */
const BUSY_MILLISECONDS = 250;

const MEMORY = ":memory:";

/**
 * Opens the database, or makes it (0600); `:memory:` is one without a file.
 *
 * @throws `store_unsafe`, `store_unwritable`, `DatabaseDamage`
 */
export async function openDatabase(path: string): Promise<Database> {
  const { DatabaseSync } = await import("node:sqlite");
  const isFile = path !== MEMORY;
  if (isFile) await makePrivate(path);
  const connection = attempt(path, () => {
    const opened = new DatabaseSync(path);
    try {
      for (
        const setting of [
          `busy_timeout=${BUSY_MILLISECONDS}`,
          "journal_mode=WAL",
          "synchronous=FULL",
        ]
      ) opened.exec(`PRAGMA ${setting}`);
      return opened;
    } catch (error) {
      opened.close();
      throw error;
    }
  });
  // Now that it is open: before that, some file systems change the number.
  return databaseOf(path, connection, isFile ? await inodeOf(path) : undefined);
}

/** A database that is only looked at. */
export type ReadDatabase = Pick<Database, "get" | "all"> & Disposable;

/**
 * Opens the database to look into it: the file does not change, and no other
 * process waits. SQLite may put its companions (`-wal`, `-shm`) beside it.
 *
 * @returns undefined when there is no such file.
 * @throws `store_unsafe`, `store_unwritable`, `DatabaseDamage`
 */
export async function readDatabase(
  path: string,
): Promise<ReadDatabase | undefined> {
  const info = await statOf(path);
  if (info === undefined) return undefined;
  checkPrivate(path, info);
  const { DatabaseSync } = await import("node:sqlite");
  const connection = attempt(path, () => {
    const opened = new DatabaseSync(path, { readOnly: true });
    opened.exec(`PRAGMA busy_timeout=${BUSY_MILLISECONDS}`);
    return opened;
  });
  return databaseOf(path, connection, undefined);
}

async function statOf(path: string): Promise<Deno.FileInfo | undefined> {
  try {
    return await Deno.lstat(path);
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw failed(path, error);
  }
}

/** Undefined when there is no such file. */
async function inodeOf(path: string): Promise<number | null | undefined> {
  try {
    return (await Deno.lstat(path)).ino;
  } catch {
    return undefined;
  }
}

async function makePrivate(path: string): Promise<void> {
  await ensurePrivateFolder(dirname(path));
  try {
    // Private from the first byte; SQLite gives its companions the same mode.
    (await Deno.open(path, { write: true, createNew: true, mode: 0o600 }))
      .close();
    if (Deno.build.os !== "windows") await Deno.chmod(path, 0o600);
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) {
      throw failed(path, error);
    }
    checkPrivate(path, await Deno.lstat(path));
  }
}

type Connection = InstanceType<typeof import("node:sqlite").DatabaseSync>;
type Statement = ReturnType<Connection["prepare"]>;

function databaseOf(
  path: string,
  connection: Connection,
  inode: number | null | undefined,
): Database {
  const statement = preparer(connection);
  let damage: DatabaseDamage | undefined;
  const use = <T>(action: () => T) => {
    try {
      return attempt(path, action);
    } catch (error) {
      if (error instanceof DatabaseDamage) damage = error;
      throw error;
    }
  };
  return {
    get damage() {
      return damage;
    },
    async isCurrent() {
      if (path === MEMORY) return true;
      return inode !== undefined && await inodeOf(path) === inode;
    },
    run: (sql, values = {}) => use(() => void statement(sql).run(values)),
    get: (sql, values = {}) =>
      use(() => statement(sql).get(values) as Row | undefined),
    all: (sql, values = {}) => use(() => statement(sql).all(values) as Row[]),
    transaction: (work) => use(() => transact(connection, work)),
    [Symbol.dispose]: () => connection.close(),
  };
}

function preparer(connection: Connection): (sql: string) => Statement {
  const statements = new Map<string, Statement>();
  return (sql) => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const prepared = connection.prepare(sql);
    statements.set(sql, prepared);
    return prepared;
  };
}

function transact<T>(connection: Connection, work: () => T): T {
  connection.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    connection.exec("COMMIT");
    return result;
  } catch (error) {
    if (connection.isTransaction) connection.exec("ROLLBACK");
    throw error;
  }
}

function attempt<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw failed(path, error);
  }
}

/** SQLITE_CORRUPT and SQLITE_NOTADB; SQLITE_BUSY. Not every error of the runtime has the code itself. */
const DAMAGE = /malformed|not a database/;
const BUSY = /is locked/;

function failed(path: string, error: unknown): AppError {
  if (error instanceof AppError) return error;
  const message = messageOf(error);
  if (DAMAGE.test(message)) return new DatabaseDamage(path, error);
  if (BUSY.test(message)) return new DatabaseBusy(path, error);
  return new AppError(
    "store_unwritable",
    `Cannot use "${path}": ${message}`,
    { cause: error, hints: ["free some space, or check the folder"] },
  );
}

/** Moves a database and its companions aside and returns its new path. */
export async function moveAside(path: string, when: Date): Promise<string> {
  const stamp = when.toISOString().replaceAll(":", "").slice(0, 17);
  // Two in one second are two.
  const aside = `${path}.damaged-${stamp}-${crypto.randomUUID().slice(0, 8)}`;
  for (const companion of ["", "-wal", "-shm"]) {
    try {
      await moveFile(path + companion, aside + companion);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw failed(path, error);
    }
  }
  return aside;
}
