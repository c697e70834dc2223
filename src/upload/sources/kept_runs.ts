import { basename, dirname, isAbsolute, join, resolve } from "node:path";
import { liesBelow } from "../../system/lies_below.ts";
import type { System } from "../../system/system.ts";
import { examine, type Examined } from "../../runs/examine.ts";
import type { Entry } from "../ledger/entry.ts";
import { hasLedger, type OpenLedger } from "../ledger/open_ledger.ts";
import { areSameRun } from "../../runs/one_run.ts";
import { examineSettled, unsettled } from "./settling.ts";
import { keptSource, type UploadSource } from "./upload_source.ts";
import type { CouchDb } from "../../sources/couchdb/couchdb.ts";
import { documentNamed } from "../../sources/couchdb/stored_documents.ts";
import type { Places } from "../../sources/find_runs.ts";
import { couchdbSource } from "./couchdb_source.ts";
import { fileSource } from "./file_source.ts";

export interface KeptOptions {
  readonly sources: AsyncIterable<UploadSource>;
  /** Where the user has runs. */
  readonly places: Places;
  /** Undefined: nothing waits there. */
  readonly address: string | undefined;
}

/**
 * The sources, and before them what waits in the ledger alone, since HardPy's
 * next run has replaced the file at its path below one of `paths`: who uploads
 * the folder means that too.
 */
export async function* withKeptRuns(
  system: System,
  opened: OpenLedger,
  { sources, places, address }: KeptOptions,
): AsyncGenerator<UploadSource> {
  const entries = address === undefined ? [] : opened.history.kept(address);
  if (entries.length > 0) {
    const roots = await rootsOf(system, places);
    for (const entry of entries) {
      const kept = await keptRun(system, opened, { entry, roots });
      if (kept !== undefined) yield kept;
    }
  }
  yield* sources;
}

/** Whether runs wait in the ledger alone whose files were below the folder. */
export async function keepsRunsBelow(
  system: System,
  folder: string,
  { address, openLedger }: {
    /** Undefined: nothing waits there. */
    readonly address: string | undefined;
    openLedger(): Promise<OpenLedger>;
  },
): Promise<boolean> {
  if (address === undefined || !await hasLedger(system)) return false;
  const roots = await rootsOf(system, { paths: [folder], databases: [] });
  const { history } = await openLedger();
  for (const { source } of history.kept(address)) {
    if (await sourceBelow(system, source, roots)) return true;
  }
  return false;
}

/** Undefined where the file still holds the run, perhaps in a later state, or is not meant. */
async function keptRun(
  system: System,
  { ledger }: OpenLedger,
  { entry, roots }: { entry: Entry; roots: Roots },
): Promise<UploadSource | undefined> {
  const { source, digest } = entry;
  const origin = await sourceBelow(system, source, roots);
  if (origin === undefined) return undefined;
  const wire = ledger.documentOf(entry);
  if (wire === undefined) return undefined;
  const kept = keptSource(source, wire, entry);
  const now = await examineWhole(system, origin);
  const isThere = now.some(({ run }) => run?.digest() === digest) ||
    areSameRun(await examine(kept), now);
  return isThere ? undefined : kept;
}

/** Whoever is writing the source may be writing a later state of the run. */
async function examineWhole(
  system: System,
  source: UploadSource,
): Promise<Examined[]> {
  const { clock, interrupted: signal } = system;
  const examined = await examine(source);
  return await unsettled(examined, source) === "half"
    ? await examineSettled(source, { clock, signal })
    : examined;
}

/** Folders as they are written and without links, and databases. */
interface Roots {
  readonly folders: readonly string[];
  readonly databases: readonly CouchDb[];
}

async function rootsOf(
  { inputFiles }: System,
  { paths, databases }: Places,
): Promise<Roots> {
  const folders = await Promise.all(
    paths.map(async (path) => [
      resolve(path),
      await inputFiles.folder(path) ?? resolve(path),
    ]),
  );
  return { folders: folders.flat(), databases };
}

/** What the run came from; undefined when that is not meant. */
async function sourceBelow(
  system: System,
  name: string,
  { folders, databases }: Roots,
): Promise<UploadSource | undefined> {
  for (const couchDb of databases) {
    const document = documentNamed(couchDb, name);
    if (document !== undefined) return couchdbSource(system, document);
  }
  if (!await isBelow(system, name, folders)) return undefined;
  const file = { path: name, isFound: false };
  return fileSource(system, file, { isTracked: false });
}

async function isBelow(
  { inputFiles }: System,
  path: string,
  roots: readonly string[],
): Promise<boolean> {
  // What came through stdin is below no folder.
  if (!isAbsolute(path)) return false;
  const folder = await inputFiles.folder(dirname(path)) ?? dirname(path);
  const names = [path, join(folder, basename(path))];
  return roots.some((root) =>
    names.some((name) => name === root || liesBelow(name, root))
  );
}
