import { deepStrictEqual as equal, match, ok } from "node:assert/strict";
import { openHttpClient } from "../../src/system/http_client.ts";
import { CouchDb } from "../../src/sources/couchdb/couchdb.ts";
import { changesToCome } from "../../src/sources/couchdb/changes.ts";
import { parseDatabaseUrl } from "../../src/sources/couchdb/database_url.ts";
import {
  storedDocument,
  storedDocuments,
} from "../../src/sources/couchdb/stored_documents.ts";

const PASSWORD = "canary-hostile-4hT";

interface Asked {
  readonly method: string;
  readonly url: string;
  readonly authorization: string;
}

interface Hostile extends AsyncDisposable {
  readonly couchDb: CouchDb;
  readonly asked: Asked[];
}

/** A server that answers everything that way. */
function hostile(answer: (path: string) => Response): Hostile {
  const asked: Asked[] = [];
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    (request) => {
      const { method, url, headers } = request;
      const authorization = headers.get("authorization") ?? "";
      asked.push({ method, url, authorization });
      return answer(new URL(request.url).pathname);
    },
  );
  const http = openHttpClient();
  const stop = new AbortController();
  const url = parseDatabaseUrl(
    `http://dev:${PASSWORD}@127.0.0.1:${server.addr.port}/report`,
  );
  return {
    asked,
    couchDb: new CouchDb(url, {
      http: () => Promise.resolve(http),
      signal: stop.signal,
    }),
    async [Symbol.asyncDispose]() {
      stop.abort();
      http[Symbol.dispose]();
      await server.shutdown();
    },
  };
}

const state = { "db_name": "report", "update_seq": 1 };

/** Text without an end. */
function endless(text: string): Response {
  const bytes = new TextEncoder().encode(text.repeat(1000));
  return new Response(
    new ReadableStream({ pull: (to) => to.enqueue(bytes) }),
  );
}

async function failureOf(action: () => Promise<unknown>): Promise<string> {
  try {
    await action();
  } catch (error) {
    ok(error instanceof Error);
    ok(!`${error.message}${error.stack}`.includes(PASSWORD));
    return error.message;
  }
  return "no failure";
}

const documents = ({ couchDb }: Hostile) =>
  failureOf(() => Array.fromAsync(storedDocuments(couchDb)));

Deno.test("duty 61: a redirect of a database is not followed, and the password goes nowhere else", async () => {
  let stolen = 0;
  await using thief = hostile(() => {
    stolen++;
    return Response.json(state);
  });
  const location = `${thief.couchDb.url.origin}/report`;
  await using server = hostile(() =>
    new Response(null, { status: 307, headers: { location } })
  );
  match(await documents(server), /does not answer as CouchDB: .* HTTP 307$/);
  equal(stolen, 0);
});

Deno.test("duty 61: a server that is no CouchDB is said to be none", async () => {
  for (
    const answer of [
      () => new Response("<html>Hello</html>"),
      () => Response.json({ rows: 3 }),
      () => Response.json([]),
      () => new Response("gone", { status: 404 }),
      () => endless("<p>"),
    ]
  ) {
    await using server = hostile(answer);
    match(await documents(server), /does not answer as CouchDB/);
  }
});

Deno.test("duty 61: a list of documents that never ends, ends", async () => {
  let page = 0;
  await using server = hostile((path) => {
    if (path === "/report") return Response.json(state);
    page++;
    const rows = Array.from({ length: 1000 }, (_, index) => ({
      id: `${page}-${index}`,
      value: { rev: "1-a" },
    }));
    return Response.json({ rows });
  });
  let count = 0;
  const message = await failureOf(async () => {
    for await (const _ of storedDocuments(server.couchDb)) count++;
  });
  match(message, /lists more than 1000000 documents$/);
  ok(count <= 1_001_000);
});

Deno.test("duty 61: a page of documents that repeats itself ends", async () => {
  const rows = Array.from(
    { length: 1000 },
    () => ({ id: "same", value: { rev: "1-a" } }),
  );
  await using server = hostile((path) =>
    Response.json(path === "/report" ? state : { rows })
  );
  const found = await Array.fromAsync(storedDocuments(server.couchDb));
  ok(found.length <= 1000);
});

Deno.test("duty 61: a document without an end is too large", async () => {
  await using server = hostile(() => endless('{"a":1}'));
  const options = { database: "report", id: "a", limit: 100_000 };
  const content = await storedDocument(server.couchDb, options).read();
  match("reason" in content ? content.reason : "", /#a" is too large$/);
});

Deno.test("duty 61: a change without an end, and one that is none, break off the feed", async () => {
  for (const text of ["x", '{"seq":', '{"error":"x"}\n', "no\n"]) {
    await using server = hostile(() => endless(text));
    const feed = changesToCome(server.couchDb, "report", {
      since: "0",
      signal: new AbortController().signal,
    });
    const message = await failureOf(() => Array.fromAsync(feed));
    match(message, /CouchDB/);
  }
});

Deno.test("duty 61: changes without an end are given away as they come, and can be stopped", async () => {
  await using server = hostile(() =>
    endless('{"seq":"1-a","id":"report_1","changes":[{"rev":"1-a"}]}\n')
  );
  let count = 0;
  const feed = changesToCome(server.couchDb, "report", {
    since: "0",
    signal: new AbortController().signal,
  });
  for await (const changes of feed) {
    count += changes.length;
    if (count > 10_000) break;
  }
  ok(count > 10_000);
});

Deno.test("duty 61: requests of a database are GETs with the password in one header", async () => {
  await using server = hostile((path) =>
    Response.json(
      path === "/report"
        ? state
        : path.includes("_all_docs")
        ? { rows: [{ id: "a/b ?", value: { rev: "1-a" } }] }
        : {},
    )
  );
  for await (const document of storedDocuments(server.couchDb)) {
    await document.read();
  }
  equal(server.asked.map(({ method }) => method), ["GET", "GET", "GET"]);
  for (const { url, authorization } of server.asked) {
    ok(!url.includes(PASSWORD));
    equal(authorization, `Basic ${btoa(`dev:${PASSWORD}`)}`);
  }
  ok(server.asked[2]?.url.endsWith("/report/a%2Fb%20%3F"));
});
