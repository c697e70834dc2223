import { dirname } from "node:path";
import { AppError, messageOf } from "./app_error.ts";
import { checkPrivate, ensurePrivateFolder } from "./private_folders.ts";

export type Row = Readonly<Record<string, unknown>>;
type Value = string | number | bigint | Uint8Array | null;
export type Values = Readonly<Record<string, Value>>;

/** A SQLite database file that the processes of this machine share. */
export interface Database extends Disposable {
  run(sql: string, values?: Values): void;
  get(sql: string, values?: Values): Row | undefined;
  all(sql: string, values?: Values): Row[];
  rows(sql: string, values?: Values): IterableIterator<Row>;
  /** All of the work or nothing; on disk, also after a power cut, when it returns. */
  transaction<T>(work: () => T): T;
}

/** The file is no SQLite database, or a damaged one. */
export class DatabaseDamage extends Error {
  override readonly name = "DatabaseDamage";
}

/** How long one process waits for another one's transaction. */
const BUSY_MILLISECONDS = 10_000;

/**
 * Opens the database, or makes it (0600); `:memory:` is one without a file.
 *
 * @throws `store_unsafe`, `store_unwritable`, `DatabaseDamage`
 */
export async function openDatabase(path: string): Promise<Database> {
  const { DatabaseSync } = await import("node:sqlite");
  if (path !== ":memory:") await makePrivate(path);
  return attempt(path, () => {
    const connection = new DatabaseSync(path);
    try {
      for (
        const setting of [
          `busy_timeout=${BUSY_MILLISECONDS}`,
          "journal_mode=WAL",
          "synchronous=FULL",
        ]
      ) connection.exec(`PRAGMA ${setting}`);
      return databaseOf(path, connection);
    } catch (error) {
      connection.close();
      throw error;
    }
  });
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

function databaseOf(path: string, connection: Connection): Database {
  const statements = new Map<string, Statement>();
  const statement = (sql: string) => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const prepared = connection.prepare(sql);
    statements.set(sql, prepared);
    return prepared;
  };
  const exec = (sql: string) => connection.exec(sql);
  return {
    run: (sql, values = {}) =>
      attempt(path, () => void statement(sql).run(values)),
    get: (sql, values = {}) =>
      attempt(path, () => statement(sql).get(values) as Row | undefined),
    all: (sql, values = {}) =>
      attempt(path, () => statement(sql).all(values) as Row[]),
    rows: (sql, values = {}) =>
      attempt(
        path,
        () => statement(sql).iterate(values) as IterableIterator<Row>,
      ),
    transaction: (work) =>
      attempt(path, () => {
        exec("BEGIN IMMEDIATE");
        try {
          const result = work();
          exec("COMMIT");
          return result;
        } catch (error) {
          if (connection.isTransaction) exec("ROLLBACK");
          throw error;
        }
      }),
    [Symbol.dispose]: () => connection.close(),
  };
}

function attempt<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw failed(path, error);
  }
}

/** SQLite's result codes: SQLITE_CORRUPT and SQLITE_NOTADB. */
const DAMAGE_CODES = [11, 26];

function failed(path: string, error: unknown): unknown {
  if (error instanceof AppError || error instanceof DatabaseDamage) {
    return error;
  }
  const { errcode } = error as { errcode?: number };
  // The low byte is the code; the others only refine it.
  if (errcode !== undefined && DAMAGE_CODES.includes(errcode & 0xff)) {
    return new DatabaseDamage(messageOf(error), { cause: error });
  }
  return new AppError(
    "store_unwritable",
    `Cannot use "${path}": ${messageOf(error)}`,
    { cause: error, hints: ["free some space, or check the folder"] },
  );
}

/** Moves a database and its companions aside and returns its new path. */
export async function moveAside(path: string, when: Date): Promise<string> {
  const stamp = when.toISOString().replaceAll(":", "").slice(0, 17);
  const aside = `${path}.damaged-${stamp}`;
  for (const companion of ["", "-wal", "-shm"]) {
    try {
      await Deno.rename(path + companion, aside + companion);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw failed(path, error);
    }
  }
  return aside;
}
