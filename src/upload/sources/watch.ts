import { basename, dirname } from "node:path";
import type { Changed, FolderWatch } from "../../system/folder_watch.ts";
import type { System } from "../../system/system.ts";
import type { OnDisk } from "./upload_source.ts";

export interface WatchOptions<Source extends OnDisk> {
  /** Whole paths, without links. */
  readonly folders: readonly string[];
  accepts(name: string, folder: string): boolean;
  enters(path: string): boolean;
  /** By its name: the file is given after all others of a pass. */
  isLater(name: string): boolean;
  sourceOf(path: string): Source;
  /** Told what cannot be looked into, once until it can be again. */
  onSkip(reason: string): void;
}

/** Also what the operating system tells at once is looked for so often: it forgets some. */
const PASS_MILLISECONDS = 60_000;
const TICK_MILLISECONDS = 500;
/**
 * How long the folders are left alone after a pass, for each file in them: a
 * pass takes a fraction of that, and a stand that writes all the time would be
 * kept busy with nothing else.
 */
const REST_MILLISECONDS_PER_FILE = 0.5;

/**
 * The files of folders, and then each that is new or has changed, until the
 * program is interrupted. A folder that cannot be read for a while, such as a
 * network share that is away, is tried again with the next pass.
 */
export async function* watchSources<Source extends OnDisk>(
  system: System,
  options: WatchOptions<Source>,
): AsyncGenerator<Source> {
  const watch = system.watchFolders(options.folders);
  using _watch = watch;
  const watcher = new Watcher(system, options);
  const { clock } = system;
  let dueAt = -Infinity;
  while (!system.interrupted.aborted) {
    const isDue = clock.monotonic() >= dueAt;
    // Not with those between, which may follow one another closely.
    if (isDue) watcher.forget();
    yield* watcher.pass();
    if (isDue) dueAt = clock.monotonic() + PASS_MILLISECONDS;
    yield* changes(system, { watch, watcher, dueAt });
  }
}

/** Ends when all folders have to be looked through again. */
async function* changes<Source extends OnDisk>(
  { clock, interrupted }: System,
  { watch, watcher, dueAt }: {
    watch: FolderWatch;
    watcher: Watcher<Source>;
    dueAt: number;
  },
): AsyncGenerator<Source> {
  const begin = clock.monotonic();
  let end = dueAt;
  while (clock.monotonic() < end) {
    await clock.sleep(TICK_MILLISECONDS, interrupted);
    if (interrupted.aborted) return;
    const { changed, isAll } = await watch.take();
    const files = changed.map((one) => watcher.fileOf(one));
    if (!isAll || files.includes("unknown folder")) {
      end = Math.min(end, begin + watcher.restMilliseconds);
    }
    for (const file of files) {
      if (typeof file === "object") yield* watcher.fresh(file.path);
    }
  }
}

class Watcher<Source extends OnDisk> {
  /** All folders that were looked into. */
  folders: Set<string> = new Set();
  readonly #system: System;
  readonly #options: WatchOptions<Source>;
  /** Files that were given, as they were then. */
  #seen = new Map<string, string>();
  /** What could not be looked into in the last pass, and in this one so far. */
  #skipped: ReadonlySet<string> = new Set();
  #skippedNow = new Set<string>();
  /** Files to be given once more. */
  readonly #again = new Set<string>();

  constructor(system: System, options: WatchOptions<Source>) {
    this.#system = system;
    this.#options = options;
  }

  get restMilliseconds(): number {
    return this.#seen.size * REST_MILLISECONDS_PER_FILE;
  }

  /** Those that are to be given once more are new. */
  forget(): void {
    for (const path of this.#again) this.#seen.delete(path);
    this.#again.clear();
  }

  async *pass(): AsyncGenerator<Source> {
    const last = this.#seen;
    this.#seen = new Map();
    this.folders = new Set(this.#options.folders);
    this.#skippedNow = new Set();
    const later: string[] = [];
    for (const folder of this.#options.folders) {
      try {
        for await (const path of this.#walk(folder)) {
          if (this.#options.isLater(basename(path))) later.push(path);
          else yield* this.#unlessSeen(path, last);
        }
      } catch (error) {
        this.#skip(error instanceof Error ? error.message : "");
      }
    }
    for (const path of later) yield* this.#unlessSeen(path, last);
    this.#skipped = this.#skippedNow;
  }

  #skip(reason: string): void {
    const isNew = !this.#skipped.has(reason) && !this.#skippedNow.has(reason);
    this.#skippedNow.add(reason);
    if (isNew) this.#options.onSkip(reason);
  }

  async *#walk(folder: string): AsyncGenerator<string> {
    const { accepts, enters } = this.#options;
    const files = this.#system.inputFiles.walk(folder, {
      accepts,
      enters: (path) => {
        if (enters(path)) this.folders.add(path);
        return enters(path);
      },
      onSkip: ({ reason }) => reason !== undefined && this.#skip(reason),
    });
    for await (const { path } of files) yield path;
  }

  /** The file to look at, if the change is about one. */
  fileOf(
    { path, isFile, isFolder }: Changed,
  ): { path: string } | "unknown folder" | undefined {
    const { accepts } = this.#options;
    const folder = isFolder ? path : dirname(path);
    if (!this.folders.has(folder)) {
      return this.#isPassedOver(folder) ? undefined : "unknown folder";
    }
    return isFile && accepts(basename(path), folder) ? { path } : undefined;
  }

  #isPassedOver(folder: string): boolean {
    const above = dirname(folder);
    if (!this.#options.enters(folder) || above === folder) return true;
    return !this.folders.has(above) && this.#isPassedOver(above);
  }

  fresh(path: string): AsyncGenerator<Source> {
    if (this.#again.delete(path)) this.#seen.delete(path);
    return this.#unlessSeen(path, this.#seen);
  }

  async *#unlessSeen(
    path: string,
    last: ReadonlyMap<string, string>,
  ): AsyncGenerator<Source> {
    const info = await this.#system.inputFiles.info(path).catch(() => null);
    if (info === undefined) return;
    const state = info === null
      ? "unknown"
      : `${info.size}:${info.modifiedAt.getTime()}`;
    const isNew = last.get(path) !== state;
    this.#seen.set(path, state);
    if (!isNew) return;
    const source = this.#options.sourceOf(path);
    const tryAgain = () => void this.#again.add(path);
    yield {
      ...source,
      async read() {
        const read = await source.read();
        if ("reason" in read && read.isDiskFault) tryAgain();
        return read;
      },
      tryAgain,
    };
  }
}
