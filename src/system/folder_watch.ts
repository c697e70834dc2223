/** Changes below folders, as the operating system tells them. */
export interface FolderWatch extends Disposable {
  /**
   * What changed since the last call and is still there; undefined when nobody
   * can say, and all folders must be looked through.
   */
  take(): Promise<readonly Changed[] | undefined>;
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
 * Watches folders with all below them. Where the system cannot (a network
 * share, too many watches) nothing is ever known.
 */
export function watchFolders(paths: readonly string[]): FolderWatch {
  const changes = new Changes();
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

class Changes {
  /** For good. */
  isBlind = false;
  #hasMissedSome = false;
  readonly #paths = new Set<string>();

  async collect(watcher: Deno.FsWatcher): Promise<void> {
    for await (const { kind, paths, flag } of watcher) {
      if (flag === "rescan") this.#hasMissedSome = true;
      if (kind === "access" || kind === "remove") continue;
      for (const path of paths) this.#paths.add(path);
      if (this.#paths.size <= MOST_PATHS) continue;
      this.#paths.clear();
      this.#hasMissedSome = true;
    }
  }

  async take(): Promise<Changed[] | undefined> {
    const paths = [...this.#paths];
    const isUnknown = this.isBlind || this.#hasMissedSome;
    this.#paths.clear();
    this.#hasMissedSome = false;
    if (isUnknown) return undefined;
    const found = await Promise.all(paths.map(look));
    return found.flatMap((one) => one ?? []);
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
