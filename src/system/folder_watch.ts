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
  const folders = new WatchedFolders(paths);
  return {
    take: () => folders.take(),
    [Symbol.dispose]: () => folders.close(),
  };
}

class WatchedFolders {
  readonly #paths: readonly string[];
  #roots: Promise<readonly Root[]>;
  #watcher: Deno.FsWatcher | undefined;
  #changes: Collected;

  constructor(paths: readonly string[]) {
    this.#paths = paths;
    this.#roots = rootsAt(paths);
    this.#changes = this.#open(paths);
  }

  async take(): Promise<Changes> {
    const isNew = await this.#follow();
    const changes = await this.#changes.take();
    return isNew ? { ...changes, isAll: false } : changes;
  }

  close(): void {
    this.#watcher?.close();
  }

  /** The system goes on watching a folder that was removed, not the new one of its name. */
  async #follow(): Promise<boolean> {
    const before = await this.#roots;
    const roots = await rootsAt(this.#paths);
    const known = new Set(before.map(({ identity }) => identity));
    const isNew = roots.some(({ identity }) => !known.has(identity)) ||
      this.#changes.isRootGone && roots.length > 0;
    this.#roots = Promise.resolve(roots);
    if (!isNew) return false;
    this.close();
    // While one is away, the others are still watched.
    this.#changes = this.#open(roots.map(({ path }) => path));
    return true;
  }

  #open(paths: readonly string[]): Collected {
    const changes = new Collected(paths);
    this.#watcher = undefined;
    try {
      this.#watcher = Deno.watchFs([...paths], { recursive: true });
      changes.collect(this.#watcher).catch(() => changes.isBlind = true);
    } catch {
      changes.isBlind = true;
    }
    return changes;
  }
}

interface Root {
  readonly path: string;
  /** Another one when the folder was removed and made again. */
  readonly identity: string;
}

/** Those that are there. */
async function rootsAt(paths: readonly string[]): Promise<Root[]> {
  const found = await Promise.all(paths.map(async (path) => {
    const info = await Deno.stat(path).catch(() => undefined);
    if (info === undefined) return [];
    const { dev, ino, birthtime } = info;
    // A number may be given to the next folder at once.
    const identity = [path, dev, ino, birthtime?.getTime()].join(":");
    return [{ path, identity }];
  }));
  return found.flat();
}

class Collected {
  isBlind = false;
  /** A folder was removed that was to be watched itself. */
  isRootGone = false;
  #hasMissedSome = false;
  #events = 0;
  /** Some may have been dropped while the last ones were taken. */
  #wereMany = false;
  readonly #paths = new Set<string>();
  readonly #roots: readonly string[];

  constructor(roots: readonly string[]) {
    this.#roots = roots;
  }

  async collect(watcher: Deno.FsWatcher): Promise<void> {
    for await (const { kind, paths, flag } of watcher) {
      this.#events++;
      if (flag === "rescan") this.#hasMissedSome = true;
      this.isRootGone ||= kind === "remove" &&
        paths.some((path) => this.#roots.includes(path));
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
