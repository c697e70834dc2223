import { isAbsolute } from "node:path";
import type { System } from "../../system/system.ts";
import { type Entry, isDone } from "../../upload/ledger/entry.ts";
import type { History } from "../../upload/ledger/history.ts";
import type { Ledger } from "../../upload/ledger/ledger.ts";
import { openLedger } from "../../upload/ledger/open_ledger.ts";
import { Tally } from "../../upload/report/report.ts";
import { AppError } from "../../system/app_error.ts";
import type { Bundle } from "../../upload/courier/open_bundle.ts";
import { bundleOf } from "../../sources/bundle_names.ts";
import {
  keptSource,
  type UploadSource,
} from "../../upload/sources/upload_source.ts";
import type { CommandInput } from "../command_input.ts";
import { withHardpysDatabase } from "../places.ts";
import type { CouchDb } from "../../sources/couchdb/couchdb.ts";
import { isDatabaseUrl } from "../../sources/couchdb/database_url.ts";
import { documentNamed } from "../../sources/couchdb/stored_documents.ts";
import { couchdbSource } from "../../upload/sources/couchdb_source.ts";
import { MovedFiles } from "../../upload/sources/moved_files.ts";
import { fileSource } from "../../upload/sources/file_source.ts";
import { eachOnce, entriesOf } from "../ledger_entries.ts";
import { send, type SendFlags, type Sending } from "../sending.ts";
import { summaryEvent } from "../upload_text.ts";

/** Sends again what waits or was rejected, all of it or what is named. */
export async function historyRetry(
  input: CommandInput<SendFlags>,
  prefixes: readonly string[],
): Promise<number> {
  const { system, output, flags } = input;
  const stand = await input.stand();
  const session = await stand.session();
  const address = session.service.address.text;
  const opened = await stand.part(openLedger);
  await opened.ledger.recover();
  const entries = eachOnce(
    chosen(opened.history, prefixes)
      .filter((entry) => entry.address === address),
  );
  if (entries.length === 0) {
    const held = opened.history.count("held");
    const nothing = { ...new Tally(system.clock).result(), held };
    output.result(summaryEvent(nothing, session.chosen), [
      prefixes.length === 0
        ? `Nothing waits for ${address}, and nothing was rejected there.`
        : `None of these waits for ${address} or was rejected there; standcloud history tells more`,
    ]);
    return 0;
  }
  const sending = {
    sources: sourcesOf(entries, {
      system,
      ledger: opened.ledger,
      databases: await databasesOf(input, entries),
    }),
    only: new Map(entries.map((entry) => [entry.digest, entry])),
  };
  const bundles = await bundlesOf(system, entries);
  return bundles.size === 0
    ? await send({ ...input, flags }, sending)
    : await sendWithBundles(input, bundles, sending);
}

function chosen(history: History, prefixes: readonly string[]): Entry[] {
  if (prefixes.length > 0) {
    return prefixes.flatMap((prefix) => entriesOf(history, prefix))
      .filter((entry) => !isDone(entry));
  }
  return (["waiting", "rejected"] as const).flatMap((state) => [
    ...history.entries({ state }),
  ]);
}

/** The database that hardpy.toml names, where documents came from one: the ledger knows no password. */
async function databasesOf(
  input: CommandInput<SendFlags>,
  entries: readonly Entry[],
): Promise<readonly CouchDb[]> {
  if (!entries.some(({ source }) => isDatabaseUrl(source))) return [];
  try {
    const nowhere = { paths: [], databases: [] };
    return (await withHardpysDatabase(input, nowhere)).databases;
  } catch (error) {
    // The other documents are sent all the same.
    if (!(error instanceof AppError)) throw error;
    input.output.warn(error.message);
    return [];
  }
}

/** The bundles that the documents came in, as far as they are still there. */
async function bundlesOf(
  { inputFiles }: System,
  entries: readonly Entry[],
): Promise<Set<string>> {
  const bundles = new Set<string>();
  for (const { source } of entries) {
    const path = bundleOf(source);
    if (path === undefined || bundles.has(path)) continue;
    if (await inputFiles.info(path) !== undefined) bundles.add(path);
  }
  return bundles;
}

async function sendWithBundles(
  input: CommandInput<SendFlags>,
  paths: ReadonlySet<string>,
  sending: Sending,
): Promise<number> {
  const { bundleSources, openBundles, sendBundles } = await import(
    "./upload_bundles.ts"
  );
  const archives = new AsyncDisposableStack();
  await using _archives = archives;
  const bundles: Bundle[] = [];
  for (const path of paths) {
    try {
      bundles.push(...await openBundles(input, [path], archives));
    } catch (error) {
      // It keeps back nothing that is not in it.
      if (!(error instanceof AppError)) throw error;
      input.output.warn(error.message);
    }
  }
  const all = async function* () {
    yield* sending.sources;
    yield* bundleSources(bundles);
  };
  return await sendBundles(input, bundles, { ...sending, sources: all() });
}

/** Each file once; what may exist nowhere else is in the ledger itself. */
async function* sourcesOf(
  entries: readonly Entry[],
  { system, ledger, databases }: {
    system: System;
    ledger: Ledger;
    databases: readonly CouchDb[];
  },
): AsyncGenerator<UploadSource> {
  const moved = new MovedFiles(system);
  const seen = new Set<string>();
  for (const entry of entries) {
    const wire = ledger.documentOf(entry);
    if (wire !== undefined) {
      const { source, form } = entry;
      const isNamed = isAbsolute(source) || isDatabaseUrl(source);
      yield keptSource(isNamed ? source : "-", wire, {
        form: form ?? null,
      });
      continue;
    }
    for (const couchDb of databases) {
      const document = documentNamed(couchDb, entry.source);
      if (document !== undefined) yield couchdbSource(system, document);
    }
    const path = await fileOf(entry, { system, moved });
    if (path === undefined || seen.has(path)) continue;
    seen.add(path);
    yield fileSource(system, { path, isFound: false }, {
      isTracked: false,
    });
  }
}

/** Undefined when the file is gone. */
async function fileOf(
  { source, digest, state }: Entry,
  { system, moved }: { system: System; moved: MovedFiles },
): Promise<string | undefined> {
  // One of several documents in a file has its number behind the path.
  for (const path of new Set([source, source.replace(/(?::|#)\d+$/, "")])) {
    if (state === "rejected") {
      const found = await moved.find(path, digest);
      if (found !== undefined) return found;
    } else if (await system.inputFiles.info(path) !== undefined) return path;
  }
  return undefined;
}
