import { messageOf } from "../../system/app_error.ts";
import type { HttpStream } from "../../system/http_stream.ts";
import { SIZE_LIMIT } from "../../runs/size_limit.ts";
import { type StoredForm, storedFormOf } from "../../runs/stored_form.ts";
import type { RunSource } from "../../runs/examine.ts";
import type { CouchDb } from "./couchdb.ts";
import { answerError, noDatabase } from "./couchdb_error.ts";

/** A document of a database that may be a run; it is read when its turn comes. */
export interface StoredDocument extends RunSource {
  readonly id: string;
  readonly form: StoredForm;
  /** As the server tells: another one for another content; undefined before it was read. */
  version(): string | undefined;
  /** Whether it was deleted, when it was read last. */
  isGone(): boolean;
}

/**
 * The documents in which runs may be.
 *
 * @throws AppError, `input_unreadable` for a named database that is not there.
 */
export async function* storedDocuments(
  couchDb: CouchDb,
): AsyncGenerator<StoredDocument> {
  const { database: named } = couchDb.url;
  if (named !== undefined && await couchDb.state(named) === undefined) {
    throw noDatabase(couchDb.url);
  }
  for (const database of couchDb.databases) {
    for await (const { id } of couchDb.documents(database)) {
      yield storedDocument(couchDb, { database, id });
    }
  }
}

export function storedDocument(
  couchDb: CouchDb,
  { database, id, limit = SIZE_LIMIT }: {
    database: string;
    id: string;
    /** In bytes. */
    limit?: number;
  },
): StoredDocument {
  const name = nameOf(couchDb, database, id);
  const path = `/${encodeURIComponent(database)}/${encodeURIComponent(id)}`;
  let version: string | undefined;
  let isGone = false;
  return {
    name,
    id,
    form: storedFormOf({ "_id": id }),
    isListed: true,
    version: () => version,
    isGone: () => isGone,
    async read() {
      try {
        await using answer = await couchDb.open(path);
        isGone = answer.status === 404;
        if (isGone) return { reason: `"${name}" was deleted` };
        const error = answerError(couchDb.url, answer.status);
        if (error !== undefined) return { reason: error.message };
        const bytes = await bytesOf(answer, limit);
        if (bytes === undefined) return { reason: `"${name}" is too large` };
        version = answer.headers.get("etag") ?? String(bytes.length);
        return { bytes };
      } catch (error) {
        return { reason: `Cannot read "${name}": ${messageOf(error)}` };
      }
    },
  };
}

/** The document of that name, if it is in one of these databases. */
export function documentNamed(
  couchDb: CouchDb,
  name: string,
): StoredDocument | undefined {
  for (const database of couchDb.databases) {
    const start = nameOf(couchDb, database, "");
    if (!name.startsWith(start)) continue;
    return storedDocument(couchDb, { database, id: name.slice(start.length) });
  }
  return undefined;
}

function nameOf({ url }: CouchDb, database: string, id: string): string {
  return `${url.origin}/${encodeURIComponent(database)}#${id}`;
}

/** Undefined for more than the limit; a length that the server tells is no promise. */
async function bytesOf(
  { portions }: HttpStream,
  limit: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for await (const portion of portions) {
    length += portion.length;
    if (length > limit) return undefined;
    parts.push(new Uint8Array(portion));
  }
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}
