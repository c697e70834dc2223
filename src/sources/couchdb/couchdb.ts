import { AppError } from "../../system/app_error.ts";
import type { HttpClient, HttpRequest } from "../../system/http_client.ts";
import type { HttpStream } from "../../system/http_stream.ts";
import * as z from "../../system/schema.ts";
import { answerError, noCouchDb, requestError } from "./couchdb_error.ts";
import type { DatabaseUrl } from "./database_url.ts";

/** Where HardPy stores runs, the fullest documents first. */
const RUN_DATABASES = ["report", "tempstore", "runstore"];

const TIMEOUT_MILLISECONDS = 20_000;
/** How many documents one answer lists. */
const PAGE = 1000;
/** In one database; more is an attack or a mistake. */
const MOST_DOCUMENTS = 1_000_000;

/** How a database stands. */
export interface DatabaseState {
  /** Another one when the database was made anew, as far as the server tells. */
  readonly instance: string;
  /** The last change. */
  readonly sequence: string;
}

/** A document as it is listed. */
export interface ListedDocument {
  readonly id: string;
  readonly revision: string;
}

const row = z.object({
  id: z.string(),
  value: z.object({ rev: z.string(), deleted: z.optional(z.boolean()) }),
});
const page = z.object({ rows: z.array(row) });
/** A number in CouchDB 1, a text since. */
const sequence = z.union([z.string(), z.number()]);
const state = z.object({
  "db_name": z.string(),
  "update_seq": sequence,
  "instance_start_time": z.optional(z.union([z.string(), z.number()])),
});

export interface CouchDbOptions {
  http(): Promise<HttpClient>;
  readonly signal: AbortSignal;
}

/** A CouchDB server. Everything here is a GET: nothing is ever written. */
export class CouchDb {
  readonly url: DatabaseUrl;
  readonly #options: CouchDbOptions;

  constructor(url: DatabaseUrl, options: CouchDbOptions) {
    this.url = url;
    this.#options = options;
  }

  /** The databases in which runs may be, whether they are there or not. */
  get databases(): readonly string[] {
    const { database } = this.url;
    return database === undefined ? RUN_DATABASES : [database];
  }

  /** Undefined when there is no such database. @throws AppError */
  async state(database: string): Promise<DatabaseState | undefined> {
    const path = `/${encodeURIComponent(database)}`;
    const found = await this.json(path, (value) => z.safeParse(state, value));
    return found && {
      instance: String(found.instance_start_time ?? ""),
      sequence: String(found.update_seq),
    };
  }

  /**
   * All documents of a database but its design documents, page by page. Nothing
   * when there is no such database.
   *
   * @throws AppError
   */
  async *documents(database: string): AsyncGenerator<ListedDocument> {
    const path = `/${encodeURIComponent(database)}/_all_docs?limit=${PAGE}`;
    let last: string | undefined;
    for (let count = 0; count <= MOST_DOCUMENTS;) {
      const start = last === undefined
        ? ""
        : `&startkey=${encodeURIComponent(JSON.stringify(last))}`;
      const found = await this.json(
        path + start,
        (value) => z.safeParse(page, value),
      );
      if (found === undefined) return;
      // The first one was the last one of the page before.
      const fresh = found.rows.filter(({ id }) => id !== last);
      for (const { id, value } of fresh) {
        const isRun = !id.startsWith("_design/") && value.deleted !== true;
        if (isRun) yield { id, revision: value.rev };
      }
      if (found.rows.length < PAGE || fresh.length === 0) return;
      count += fresh.length;
      last = fresh.at(-1)?.id;
    }
    throw new AppError(
      "input_unreadable",
      `${this.url.origin}/${database} lists more than ${MOST_DOCUMENTS} documents`,
      {
        hints: ["delete old documents, or check that this is HardPy's CouchDB"],
      },
    );
  }

  /** The head of an answer of any size. @throws AppError */
  async open(
    path: string,
    { timeoutMilliseconds = TIMEOUT_MILLISECONDS, signal }: {
      timeoutMilliseconds?: number;
      signal?: AbortSignal;
    } = {},
  ): Promise<HttpStream> {
    const { url } = this;
    const http = await this.#options.http();
    const request = this.#request(timeoutMilliseconds);
    const signals = [this.#options.signal, ...signal ? [signal] : []];
    try {
      return await http.open(url.origin + path, {
        ...request,
        signal: AbortSignal.any(signals),
      });
    } catch (error) {
      throw requestError(url, error);
    }
  }

  /** What arrives of an answer. @throws AppError when it breaks off. */
  async *portionsOf(answer: HttpStream): AsyncGenerator<Uint8Array> {
    try {
      yield* answer.portions;
    } catch (error) {
      throw requestError(this.url, error);
    }
  }

  /** Undefined for what is not there, or is not known. @throws AppError */
  async json<T>(
    path: string,
    parse: (value: unknown) => { readonly data?: T | undefined },
    { mayBeUnknown = false }: { readonly mayBeUnknown?: boolean } = {},
  ): Promise<T | undefined> {
    const { url } = this;
    const http = await this.#options.http();
    const request = this.#request(TIMEOUT_MILLISECONDS);
    const answer = await http.send(url.origin + path, request)
      .catch((error) => {
        throw requestError(url, error);
      });
    if (!answer.isWhole) throw noCouchDb(url, "its answer does not come whole");
    const value = jsonIn(answer.body);
    if (isNotFound(answer.status, value)) return undefined;
    if (answer.status === 400 && mayBeUnknown) return undefined;
    const failure = answerError(url, answer.status);
    if (failure !== undefined) throw failure;
    const { data } = parse(value);
    if (data === undefined) throw noCouchDb(url, "its answer has another form");
    return data;
  }

  #request(timeoutMilliseconds: number): HttpRequest {
    const { authorization } = this.url;
    return {
      headers: {
        accept: "application/json",
        // What is packed on the way is held back until there is enough of it.
        "accept-encoding": "identity",
        ...(authorization && { authorization: authorization.reveal() }),
      },
      timeoutMilliseconds,
      signal: this.#options.signal,
    };
  }
}

function isNotFound(status: number, value: unknown): boolean {
  return status === 404 && typeof value === "object" && value !== null &&
    "error" in value && value.error === "not_found";
}

function jsonIn(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}
