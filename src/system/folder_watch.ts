/** Changes below folders, as the operating system tells them. */
export interface FolderWatch extends Disposable {
  take(): Promise<Changes>;
}

/** What changed since the last time and is still there. */
export interface Changes {
  readonly changed: readonly Changed[];
  /** False: there may be more, and all folders must be looked through. */
  readonly isAll: boolean;
}

/** Links are neither files nor folders here. */
export interface Changed {
  readonly path: string;
  readonly isFile: boolean;
  readonly isFolder: boolean;
}

/** More changes at once than this are found faster by looking through the folders. */
const MOST_PATHS = 10_000;
/**
 * The runtime queues 16 events and drops the others without a word. However
 * the 16 are divided between two calls, one of them sees so many.
 */
const MANY_EVENTS = 8;

/**
 * Watches folders with all below them. Where the system cannot (a network
 * share, too many watches) nothing is ever known.
 */
export function watchFolders(paths: readonly string[]): FolderWatch {
  const changes = new Collected();
  let watcher: Deno.FsWatcher | undefined;
  try {
    watcher = Deno.watchFs([...paths], { recursive: true });
    changes.collect(watcher).catch(() => changes.isBlind = true);
  } catch {
    changes.isBlind = true;
  }
  return {
    take: () => changes.take(),
    [Symbol.dispose]: () => watcher?.close(),
  };
}

class Collected {
  /** For good. */
  isBlind = false;
  #hasMissedSome = false;
  #events = 0;
  /** Some may have been dropped while the last ones were taken. */
  #wereMany = false;
  readonly #paths = new Set<string>();

  async collect(watcher: Deno.FsWatcher): Promise<void> {
    for await (const { kind, paths, flag } of watcher) {
      this.#events++;
      if (flag === "rescan") this.#hasMissedSome = true;
      if (kind === "access" || kind === "remove") continue;
      for (const path of paths) this.#paths.add(path);
      if (this.#paths.size <= MOST_PATHS) continue;
      this.#paths.clear();
      this.#hasMissedSome = true;
    }
  }

  async take(): Promise<Changes> {
    const paths = [...this.#paths];
    const areMany = this.#events >= MANY_EVENTS;
    const isAll = !(this.isBlind || this.#hasMissedSome || areMany ||
      this.#wereMany);
    this.#paths.clear();
    this.#hasMissedSome = false;
    this.#events = 0;
    this.#wereMany = areMany;
    const found = await Promise.all(paths.map(look));
    return { changed: found.flatMap((one) => one ?? []), isAll };
  }
}

async function look(path: string): Promise<Changed | undefined> {
  try {
    const { isFile, isDirectory } = await Deno.lstat(path);
    return { path, isFile, isFolder: isDirectory };
  } catch {
    return undefined;
  }
}
