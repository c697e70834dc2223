import { dirname } from "node:path";
import { AppError, messageOf } from "./app_error.ts";
import {
  attempt,
  DatabaseDamage,
  DISK,
  failed,
  UNOPENED,
} from "./database_errors.ts";
import { moveFile } from "./move_file.ts";
import {
  checkPrivate,
  ensurePrivateFolder,
  isAbsent,
} from "./private_folders.ts";
import { lacksSharedMemory } from "./shared_memory.ts";
import { TooManyOpen } from "./spare_handle.ts";
import { requireSteadyNumber, UnfitDisk } from "./unfit_disk.ts";

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

/** How long SQLite waits for another process's transaction; nothing else happens meanwhile. */
const BUSY_MILLISECONDS = 250;

const BUSY_TIMEOUT = `PRAGMA busy_timeout=${BUSY_MILLISECONDS}`;
/** Shows at once whether the file system can do what SQLite needs. */
const FIRST_LOOK = "SELECT 1 FROM sqlite_schema LIMIT 1";
const LOCKED_FOR_ALL = "PRAGMA locking_mode=EXCLUSIVE";
const LOOKING = [BUSY_TIMEOUT, FIRST_LOOK];
const OPENING = [
  BUSY_TIMEOUT,
  "PRAGMA journal_mode=WAL",
  "PRAGMA synchronous=FULL",
  FIRST_LOOK,
];

const NO_SHARED_MEMORY =
  "its file system lets no processes share memory, which the ledger needs";

const MEMORY = ":memory:";

/**
 * Opens the database, or makes it (0600); `:memory:` is one without a file.
 *
 * @throws `store_unsafe`, `store_unwritable`, `DatabaseDamage`
 */
export async function openDatabase(path: string): Promise<Database> {
  const isFile = path !== MEMORY;
  if (isFile) await makePrivate(path);
  const connection = await connect(path, OPENING, { readOnly: false });
  // Now that it is open: before that, some file systems change the number.
  return databaseOf(path, connection, isFile ? await inodeOf(path) : undefined);
}

/** @throws `UnfitDisk` besides */
async function connect(
  path: string,
  statements: readonly string[],
  options: { readOnly: boolean },
): Promise<Connection> {
  const { DatabaseSync } = await import("node:sqlite");
  const open = (wanted: readonly string[], { readOnly }: typeof options) => {
    const opened = new DatabaseSync(path, { readOnly });
    try {
      for (const statement of wanted) opened.exec(statement);
      return opened;
    } catch (error) {
      opened.close();
      throw error;
    }
  };
  return attempt(path, () => {
    try {
      return open(statements, options);
    } catch (error) {
      // A reader cannot be alone.
      const alone = () =>
        open([LOCKED_FOR_ALL, ...statements], { readOnly: false });
      const isUnfit = DISK.test(messageOf(error)) &&
        lacksSharedMemory(path, alone);
      throw isUnfit ? new UnfitDisk(path, NO_SHARED_MEMORY, error) : error;
    }
  });
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
  const connection = await connect(path, LOOKING, { readOnly: true });
  return databaseOf(path, connection, undefined);
}

/** Only "not found" means that there is none. @throws what the system says instead */
export async function hasDatabase(path: string): Promise<boolean> {
  try {
    await Deno.lstat(path);
    return true;
  } catch (error) {
    if (isAbsent(error)) return false;
    throw error;
  }
}

async function statOf(path: string): Promise<Deno.FileInfo | undefined> {
  try {
    return await Deno.lstat(path);
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw failed(path, error);
  }
}

/** Undefined when there is no such file. @throws what the system says instead */
async function inodeOf(path: string): Promise<number | null | undefined> {
  return (await statOf(path))?.ino;
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
      // It was open: SQLite has no handle left for one more of its files.
      if (error instanceof AppError && UNOPENED.test(error.message)) {
        throw new TooManyOpen(path, error);
      }
      throw error;
    }
  };
  return {
    get damage() {
      return damage;
    },
    async isCurrent() {
      if (path === MEMORY) return true;
      if (inode !== undefined && await inodeOf(path) === inode) return true;
      await requireSteadyNumber(path);
      return false;
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
