import { deepStrictEqual as equal } from "node:assert/strict";
import {
  CouchDb,
  type DatabaseState,
} from "../../../src/sources/couchdb/couchdb.ts";
import { parseDatabaseUrl } from "../../../src/sources/couchdb/database_url.ts";
import { openHttpClient } from "../../../src/system/http_client.ts";
import {
  FollowedDatabase,
  type SequenceStore,
} from "../../../src/upload/sources/followed_database.ts";
import type { CouchdbSource } from "../../../src/upload/sources/upload_source.ts";
import { TemporaryFolder } from "../../support/temporary_folder.ts";
import { fakeSystem } from "../../system/fake_system.ts";

/** A database as CouchDB 3 has it: sequences are texts, and those of another one are not known. */
interface Server {
  instance: string;
  ids: string[];
  isThere: boolean;
}

interface Stage extends AsyncDisposable {
  readonly server: Server;
  readonly kept: Map<string, DatabaseState>;
  follow(): FollowedDatabase;
}

function answer(server: Server, url: URL): Response {
  const { instance, ids, isThere } = server;
  if (!isThere) {
    return Response.json(
      { error: "not_found", reason: "Database does not exist." },
      { status: 404 },
    );
  }
  const sequence = (number: number) => `${number}-${instance}`;
  if (!url.pathname.endsWith("/_changes")) {
    return Response.json({
      "db_name": "report",
      "update_seq": sequence(ids.length),
      "instance_start_time": "0",
    });
  }
  const since = url.searchParams.get("since") ?? "0";
  if (since !== "0" && !since.endsWith(`-${instance}`)) {
    return Response.json({ error: "bad_request" }, { status: 400 });
  }
  const results = ids.map((id, index) => ({
    seq: sequence(index + 1),
    id,
    changes: [{ rev: "1-a" }],
    ...(id.startsWith("gone") && { deleted: true }),
  })).slice(parseInt(since, 10));
  return Response.json({ results, "last_seq": sequence(ids.length) });
}

async function setStage(...ids: string[]): Promise<Stage> {
  const folder = await TemporaryFolder.make();
  const server: Server = { instance: "g1AAA", ids, isThere: true };
  const listener = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    (request) => answer(server, new URL(request.url)),
  );
  const client = openHttpClient();
  const { port } = listener.addr;
  const url = parseDatabaseUrl(`http://127.0.0.1:${port}/report`);
  const signal = new AbortController().signal;
  const http = () => Promise.resolve(client);
  const couchDb = new CouchDb(url, { http, signal });
  const kept = new Map<string, DatabaseState>();
  const sequences: SequenceStore = {
    find: (database) => kept.get(database),
    save: (database, state) => Promise.resolve(void kept.set(database, state)),
  };
  const options = { name: "report", wants: () => true, sequences };
  return {
    server,
    kept,
    follow: () =>
      new FollowedDatabase(fakeSystem(folder.path), couchDb, options),
    async [Symbol.asyncDispose]() {
      client[Symbol.dispose]();
      await listener.shutdown();
      await folder[Symbol.asyncDispose]();
    },
  };
}

const idsOf = (sources: readonly CouchdbSource[]) =>
  sources.map(({ name }) => name.split("#")[1]);

/** All that is new, and done with. */
async function finishNews(database: FollowedDatabase): Promise<unknown[]> {
  const sources = await Array.fromAsync(database.news());
  for (const source of sources) await source.onEnd?.();
  await database.save();
  return idsOf(sources);
}

Deno.test("a followed database gives what is new, and goes on there after a restart", async () => {
  await using stage = await setStage("a", "gone", "_design/x", "b");
  const database = stage.follow();
  equal(await finishNews(database), ["a", "b"]);
  equal(await finishNews(database), []);
  equal([...stage.kept.values()], [{ instance: "0", sequence: "4-g1AAA" }]);
  stage.server.ids.push("c");
  equal(await finishNews(stage.follow()), ["c"]);
});

Deno.test("a followed database begins anew where its sequence is not known any more, or is ahead", async () => {
  await using stage = await setStage("a", "b");
  const database = stage.follow();
  equal(await finishNews(database), ["a", "b"]);
  stage.server.instance = "g2BBB";
  stage.server.ids = ["c", "d", "e"];
  equal(await finishNews(database), []);
  equal(await finishNews(database), ["c", "d", "e"]);
  // Fewer changes than were seen.
  stage.server.ids = ["f"];
  equal(await finishNews(stage.follow()), ["f"]);
});

for (const who of ["the same program", "its next start"]) {
  Deno.test(`a followed database that was deleted is read anew by ${who} when it is there again`, async () => {
    await using stage = await setStage("a");
    const database = stage.follow();
    equal(await finishNews(database), ["a"]);
    stage.server.isThere = false;
    equal(await finishNews(database), []);
    equal(database.sequence, undefined);
    stage.server.isThere = true;
    const next = who === "its next start" ? stage.follow() : database;
    equal(await finishNews(next), ["a"]);
  });
}

Deno.test("the sequence of a followed database stays before a document that is to be tried again", async () => {
  await using stage = await setStage("a", "b", "c");
  const database = stage.follow();
  const [a, b, c] = await Array.fromAsync(database.news());
  b?.tryAgain?.();
  for (const source of [c, b, a]) await source?.onEnd?.();
  await database.save();
  equal([...stage.kept.values()].at(-1)?.sequence, "1-g1AAA");
  // It is given once more, and by a restart too.
  equal(idsOf(await Array.fromAsync(stage.follow().news())), ["b", "c"]);
  equal(await finishNews(database), ["b"]);
  equal([...stage.kept.values()].at(-1)?.sequence, "3-g1AAA");
});
