import { basename, dirname } from "node:path";
import type { AppError } from "../../system/app_error.ts";
import type { Skipped } from "../../system/input_files.ts";
import type { System } from "../../system/system.ts";
import { isStdin } from "../../system/terminal.ts";
import { DOCUMENTS, isCourierFile } from "../../sources/bundle_names.ts";
import type { CouchDb } from "../../sources/couchdb/couchdb.ts";
import { storedDocuments } from "../../sources/couchdb/stored_documents.ts";
import { wholeName } from "../../sources/whole_name.ts";
import { couchdbSource } from "./couchdb_source.ts";
import { lookingFor, type LookingOptions, MOVED } from "./looking_for.ts";
import { fileSource, liveSource } from "./file_source.ts";
import {
  type FileKind,
  HardpyFiles,
  isHistoryName,
} from "../../sources/hardpy_files.ts";
import type { UploadSource } from "./upload_source.ts";
import {
  counted,
  noDocuments,
  noRuns,
  type Note,
  noteLinks,
  type Places,
  runSource,
} from "../../sources/find_runs.ts";

export interface FindOptions extends LookingOptions {
  /** Look whether a file has changed since it was read: something is done to it afterwards. */
  readonly isTracked: boolean;
  /** Paths that mean nothing are no error. */
  readonly mayBeEmpty?: boolean;
  /** Whether a folder without files is meant for its runs that wait in the ledger. */
  isKept?(folder: string): Promise<boolean>;
  /** Told of each file that was taken away before it could be read. */
  onGone?(): void;
  /** Told what was passed over. */
  readonly note: Note;
  /** Told of a path that means nothing, beside others. */
  onEmpty(message: string): void;
}

/**
 * The sources that the arguments mean, one after the other as they are asked
 * for: of the files below them, only the names in one folder are ever held.
 *
 * @throws `input_unreadable` at once when one of the arguments is not there, or
 * all of them mean nothing.
 */
export async function namedSources(
  system: System,
  { paths, databases }: Places,
  options: FindOptions,
): Promise<AsyncIterable<UploadSource>> {
  const started: Started[] = [];
  const empty: AppError[] = [];
  for (const path of paths) {
    const sources = isStdin(path)
      ? stdin(system)
      : filesOf(system, path, options);
    // The first one now: nothing is sent when a later argument is wrong.
    const first = await sources.next();
    if (!first.done) started.push({ first: first.value, rest: sources });
    else if (!await options.isKept?.(path)) empty.push(noRuns(path));
  }
  for (const couchDb of databases) {
    const sources = documentsOf(system, couchDb, options);
    const first = await sources.next();
    if (!first.done) started.push({ first: first.value, rest: sources });
    else empty.push(noDocuments(couchDb));
  }
  const [one] = empty;
  // Where finished files are taken away, a folder is empty when all is done.
  const mayBeEmpty = options.mayBeEmpty || options.isTracked;
  const places = paths.length + databases.length;
  if (one !== undefined && empty.length === places && !mayBeEmpty) throw one;
  for (const { message } of empty) options.onEmpty(message);
  return fullestFirst(places === 1 ? all(started) : unique(all(started)));
}

/** A file that is meant, stdin or a document; it is opened when its turn comes. */
interface Meant {
  readonly path: string;
  readonly kind: FileKind;
  source(): UploadSource;
}

interface Started {
  readonly first: Meant;
  readonly rest: AsyncGenerator<Meant>;
}

/**
 * HardPy's own files come last, since a report may hold more of the same run;
 * its history comes after its records, since it lacks what post-run functions set.
 */
async function* fullestFirst(
  files: AsyncIterable<Meant>,
): AsyncGenerator<UploadSource> {
  const records: Meant[] = [];
  const histories: Meant[] = [];
  for await (const file of files) {
    if (file.kind === "record") records.push(file);
    else if (isHistory(file)) histories.push(file);
    else yield file.source();
  }
  for (const file of [...records, ...histories]) yield file.source();
}

/** A history file counts as one wherever it lies. */
function isHistory({ kind, path }: Meant): boolean {
  return kind === "history" || isHistoryName(basename(path));
}

async function* all(
  started: readonly Started[],
): AsyncGenerator<Meant> {
  for (const { first, rest } of started) {
    yield first;
    yield* rest;
  }
}

/** Each file once, however often it is named. */
async function* unique(files: AsyncIterable<Meant>): AsyncGenerator<Meant> {
  const seen = new Set<string>();
  for await (const file of files) {
    const path = wholeName(file.path, file.path);
    if (seen.has(path)) continue;
    seen.add(path);
    yield file;
  }
}

async function* stdin(system: System): AsyncGenerator<Meant> {
  const { read, name } = runSource(system, "-");
  // It can be read only once, but a report may be tried again.
  const content = read();
  const source = { kind: "stdin", name, read: () => content } as const;
  yield { path: name, kind: "other", source: () => source };
}

async function* documentsOf(
  system: System,
  couchDb: CouchDb,
  { onGone }: Pick<FindOptions, "onGone">,
): AsyncGenerator<Meant> {
  for await (const document of storedDocuments(couchDb)) {
    const { name, form } = document;
    const isOther = form === "report" || form === "tempstore";
    yield {
      path: name,
      kind: isOther ? "other" : form,
      source: () => ({
        ...couchdbSource(system, document),
        ...(onGone && { onGone }),
      }),
    };
  }
}

async function* filesOf(
  system: System,
  path: string,
  options: FindOptions,
): AsyncGenerator<Meant> {
  const skipped: Skipped[] = [];
  let links = 0;
  const bundles: string[] = [];
  const looking = lookingFor(options);
  const hardpyFiles = new HardpyFiles(system);
  let moved = 0;
  const files = system.inputFiles.walk(path, {
    ...looking,
    enters(inner) {
      if (basename(inner) === DOCUMENTS) bundles.push(dirname(inner));
      if (options.skipsMoved && MOVED.includes(basename(inner))) moved++;
      return looking.enters(inner);
    },
    onSkip: (one) => one.reason === undefined ? links++ : skipped.push(one),
  });
  for await (const file of files) {
    if (isCourierFile(file.path)) continue;
    const { kind, place } = await hardpyFiles.lookAt(file.path);
    yield {
      path: file.path,
      kind,
      source: () => ({
        ...(kind === "record"
          ? liveSource(system, file, { ...options, place })
          : fileSource(system, file, { ...options, kind })),
        ...(options.onGone && { onGone: options.onGone }),
      }),
    };
  }
  for (const { path: name, reason = "", isDiskFault = false } of skipped) {
    // It has not gone: it is there, and nobody may look at it.
    yield {
      path: name,
      kind: "other",
      source: () => ({
        ...fileSource(system, { path: name, isFound: false }, options),
        read: () => Promise.resolve({ reason, isDiskFault }),
      }),
    };
  }
  notePassedOver(path, { links, moved, bundles }, options.note);
}

interface PassedOver {
  readonly links: number;
  /** Folders of `--after move`. */
  readonly moved: number;
  readonly bundles: readonly string[];
}

function notePassedOver(
  path: string,
  { links, moved, bundles }: PassedOver,
  note: Note,
): void {
  noteLinks(path, links, note);
  if (moved > 0) {
    note(
      `in "${path}" ${
        counted(moved, "folder")
      } passed over: --after move puts into "uploaded" and "rejected" what is done`,
    );
  }
  for (const bundle of bundles) {
    note(`"${bundle}" is a bundle; upload it by itself`);
  }
}
