import { dirname, join } from "node:path";
import type { Database } from "../../system/database.ts";
import { AppError } from "../../system/app_error.ts";
import type { PrivateFiles } from "../../system/private_files.ts";
import { ensurePrivateFolder } from "../../system/private_folders.ts";
import { tryTemporaryLock } from "../../system/temporary_lock.ts";

type Write = (change: () => void) => Promise<void>;

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const TRIES = 100;

/**
 * Who may be sending what. A process holds a lock file of its own as long as
 * it lives, and the operating system lets go of it when the process dies,
 * however it dies: so its claims are known to be stale. A process number would
 * be given to another process some day.
 */
export class Claims {
  readonly owner: string = crypto.randomUUID();
  readonly #database: Database;
  readonly #files: PrivateFiles;
  readonly #folder: string | undefined;
  #lock: AsyncDisposable | undefined;

  /** @param options.folder for the lock files; undefined where no other process sees the ledger. */
  constructor(
    database: Database,
    { files, folder }: { files: PrivateFiles; folder: string | undefined },
  ) {
    this.#database = database;
    this.#files = files;
    this.#folder = folder;
  }

  /** Before the first claim: from now on the others see that this process lives. */
  async begin(): Promise<void> {
    const path = this.#path(this.owner);
    if (path === undefined || this.#lock !== undefined) return;
    await ensurePrivateFolder(dirname(path));
    for (let tries = 0; this.#lock === undefined; tries++) {
      this.#lock = await tryTemporaryLock(path);
      // Another process may take it for one that was left, for a moment.
      if (tries === TRIES) throw cannotLock(path);
    }
  }

  /**
   * Makes the claims of processes that died waiting reports, whose outcome is
   * unknown.
   *
   * @param write makes a change durable, also when another process keeps the ledger locked for a while.
   */
  async recover(write: Write): Promise<void> {
    const owners = this.#database.all(
      "SELECT DISTINCT owner FROM reports WHERE state = 'sending'",
    );
    for (const { owner } of owners) {
      if (owner !== this.owner) await this.#recoverFrom(String(owner), write);
    }
    await this.#tidy().catch(() => {});
  }

  /** Takes away the lock files of processes that died without a claim. */
  async #tidy(): Promise<void> {
    if (this.#folder === undefined) return;
    for (const name of await this.#files.list(this.#folder)) {
      const owner = name.replace(/\.lock$/, "");
      if (owner === this.owner || !UUID.test(owner)) continue;
      const isMeant = this.#database.get(
        "SELECT 1 FROM reports WHERE owner = $owner LIMIT 1",
        { owner },
      );
      if (isMeant !== undefined) continue;
      const lock = await tryTemporaryLock(join(this.#folder, name));
      await lock?.[Symbol.asyncDispose]();
    }
  }

  async #recoverFrom(owner: string, write: Write): Promise<void> {
    const path = this.#path(owner);
    // A damaged ledger must not choose the file.
    const release = () => this.#release(owner);
    if (path === undefined || !UUID.test(owner)) return await write(release);
    await ensurePrivateFolder(dirname(path));
    const lock = await tryTemporaryLock(path);
    if (lock === undefined) return;
    await using _lock = lock;
    await write(release);
  }

  #release(owner: string): void {
    this.#database.run(
      `UPDATE reports SET state = 'waiting', owner = NULL, is_unknown = 1,
        cause = 'The program ended before an answer came'
      WHERE state = 'sending' AND owner = $owner`,
      { owner },
    );
  }

  /** What this process has still claimed becomes free. */
  async end(isAllSettled: boolean): Promise<void> {
    const lock = this.#lock;
    if (lock === undefined) return;
    // Also a change of nothing would wait for another program's lock.
    if (!isAllSettled) this.#release(this.owner);
    this.#lock = undefined;
    await lock[Symbol.asyncDispose]();
  }

  #path(owner: string): string | undefined {
    return this.#folder && join(this.#folder, `${owner}.lock`);
  }
}

function cannotLock(path: string): AppError {
  return new AppError(
    "store_unwritable",
    `Another process keeps "${path}" locked`,
    { hints: ["wait a moment, and run the command again"] },
  );
}
