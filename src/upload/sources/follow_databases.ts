import { AppError } from "../../system/app_error.ts";
import type { System } from "../../system/system.ts";
import { type Change, changesToCome } from "../../sources/couchdb/changes.ts";
import type { CouchDb } from "../../sources/couchdb/couchdb.ts";
import { FollowedDatabase, type FollowedOptions } from "./followed_database.ts";
import { merged } from "./merged.ts";
import type { CouchdbSource } from "./upload_source.ts";

export interface FollowOptions extends FollowedOptions {
  /** The document is given after all others of a pass. */
  isLater(source: CouchdbSource): boolean;
  /** Told what is in the way, once until it has passed. */
  onAway(reason: string): void;
}

/** How long the changes are waited for before the databases are looked at again. */
const PASS_MILLISECONDS = 60_000;
/** How soon a server is asked again that is away. */
const AWAY_MILLISECONDS = 5000;
/** A server that ends its answers at once is not asked without a pause. */
const PAUSE_MILLISECONDS = 1000;

/**
 * The documents of HardPy's databases, and then each that is new or has
 * changed, until the program is interrupted. A server or a database that is
 * away is asked again.
 */
export async function* followDatabases(
  system: System,
  couchDb: CouchDb,
  options: FollowOptions,
): AsyncGenerator<CouchdbSource> {
  const databases = couchDb.databases.map((name) =>
    new FollowedDatabase(system, couchDb, { ...options, name })
  );
  const { clock, interrupted } = system;
  let told: string | undefined;
  while (!interrupted.aborted) {
    const begin = clock.monotonic();
    let pause = PAUSE_MILLISECONDS;
    try {
      yield* pass(databases, options);
      told = undefined;
      yield* toCome(system, couchDb, databases);
    } catch (error) {
      if (interrupted.aborted) return;
      if (!(error instanceof AppError)) throw error;
      if (error.message !== told) options.onAway(error.message);
      told = error.message;
      pause = AWAY_MILLISECONDS;
    }
    const rest = begin + pause - clock.monotonic();
    if (rest > 0) await clock.sleep(rest, interrupted);
  }
}

async function* pass(
  databases: readonly FollowedDatabase[],
  { isLater }: FollowOptions,
): AsyncGenerator<CouchdbSource> {
  const later: CouchdbSource[] = [];
  for (const database of databases) {
    for await (const source of database.news()) {
      if (isLater(source)) later.push(source);
      else yield source;
    }
  }
  yield* later;
}

/** Ends when it is time for the next pass, or the server ends one of the feeds. */
async function* toCome(
  { clock, interrupted }: System,
  couchDb: CouchDb,
  databases: readonly FollowedDatabase[],
): AsyncGenerator<CouchdbSource> {
  const over = new AbortController();
  const feeds = databases.flatMap((database) => {
    const { name, sequence: since } = database;
    if (since === undefined) return [];
    const options = { since, signal: over.signal };
    return [feedOf(database, changesToCome(couchDb, name, options), over)];
  });
  if (feeds.length === 0) {
    return await clock.sleep(AWAY_MILLISECONDS, interrupted);
  }
  const end = clock.monotonic() + PASS_MILLISECONDS;
  for await (const { database, changes } of merged(feeds)) {
    yield* database.take(changes);
    if (changes.length === 0) await database.save();
    if (clock.monotonic() >= end) over.abort();
  }
}

/** When one feed ends, all of them are over. */
async function* feedOf(
  database: FollowedDatabase,
  feed: AsyncIterable<Change[]>,
  over: AbortController,
): AsyncGenerator<{ database: FollowedDatabase; changes: Change[] }> {
  try {
    for await (const changes of feed) yield { database, changes };
  } catch (error) {
    if (!over.signal.aborted) throw error;
  } finally {
    over.abort();
  }
}
