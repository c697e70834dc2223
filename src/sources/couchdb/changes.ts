import { AppError } from "../../system/app_error.ts";
import * as z from "../../system/schema.ts";
import type { CouchDb } from "./couchdb.ts";
import { answerError, noCouchDb } from "./couchdb_error.ts";

/** That a document was written or deleted. */
export interface Change {
  readonly sequence: string;
  readonly id: string;
  readonly isDeleted: boolean;
}

/** Where all changes begin. */
export const BEGINNING = "0";

const PAGE = 1000;
/** How often a feed says that it is still there. */
const HEARTBEAT_MILLISECONDS = 5000;
/** Longer than any feed is kept open. */
const FEED_MILLISECONDS = 120_000;
/** A row without its document is small; more is an attack or a mistake. */
const ROW_CHARACTERS = 1024 * 1024;

const sequence = z.union([z.string(), z.number()]);
const row = z.object({
  seq: sequence,
  id: z.string(),
  deleted: z.optional(z.boolean()),
});
const page = z.object({ results: z.array(row), "last_seq": sequence });
/** The last line of a feed. */
const end = z.object({ "last_seq": sequence });

type Row = { seq: string | number; id: string; deleted?: boolean | undefined };

function changeOf({ seq, id, deleted = false }: Row): Change {
  return { sequence: String(seq), id, isDeleted: deleted };
}

/**
 * The changes since then that a database knows now, page by page; undefined
 * when it does not know that sequence, or is not there.
 *
 * @throws AppError
 */
export async function changesNow(
  couchDb: CouchDb,
  database: string,
  since: string,
): Promise<Change[] | undefined> {
  const path = `${feedPath(database, since)}&limit=${PAGE}`;
  const found = await couchDb.json(
    path,
    (value) => z.safeParse(page, value),
    // CouchDB does not know a sequence of another database.
    { mayBeUnknown: since !== BEGINNING },
  );
  return found?.results.map(changeOf);
}

/**
 * The changes as they come, those together that arrive together; none for a
 * heartbeat. Ends when the server ends the feed.
 *
 * @throws AppError
 */
export async function* changesToCome(
  couchDb: CouchDb,
  database: string,
  { since, signal }: { since: string; signal: AbortSignal },
): AsyncGenerator<Change[]> {
  const path = `${
    feedPath(database, since)
  }&feed=continuous&heartbeat=${HEARTBEAT_MILLISECONDS}`;
  const options = { timeoutMilliseconds: FEED_MILLISECONDS, signal };
  await using feed = await couchDb.open(path, options);
  if (feed.status === 404) return;
  const failure = answerError(couchDb.url, feed.status);
  if (failure !== undefined) throw failure;
  const decoder = new TextDecoder();
  let rest = "";
  for await (const portion of couchDb.portionsOf(feed)) {
    const lines = (rest + decoder.decode(portion, { stream: true })).split(
      "\n",
    );
    rest = lines.pop() ?? "";
    if (rest.length > ROW_CHARACTERS) throw tooLong(couchDb);
    const rows = lines.filter((line) => line.trim() !== "")
      .map((line) => rowIn(couchDb, line));
    yield rows.filter((one) => one !== "end");
    if (rows.includes("end")) return;
  }
}

function feedPath(database: string, since: string): string {
  const from = encodeURIComponent(since);
  return `/${encodeURIComponent(database)}/_changes?since=${from}`;
}

function rowIn(couchDb: CouchDb, line: string): Change | "end" {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw noCouchDb(couchDb.url, "a change is no JSON");
  }
  const { data } = z.safeParse(row, value);
  if (data !== undefined) return changeOf(data);
  if (z.safeParse(end, value).success) return "end";
  throw new AppError(
    "unreachable",
    `CouchDB at ${couchDb.url.origin} has broken off its changes`,
  );
}

function tooLong({ url }: CouchDb): AppError {
  return noCouchDb(url, "a change has no end");
}
