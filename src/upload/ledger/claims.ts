import { join } from "node:path";
import type { Database } from "../../system/database.ts";
import { type FileLock, tryLockFile } from "../../system/file_lock.ts";
import type { PrivateFiles } from "../../system/private_files.ts";

type Write = (change: () => void) => Promise<void>;

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Who may be sending what. A process holds a lock file of its own as long as
 * it lives, and the operating system lets go of it when the process dies,
 * however it dies: so its claims are known to be stale. A process number would
 * be given to another process some day.
 */
export class Claims implements Disposable {
  readonly owner: string = crypto.randomUUID();
  readonly #database: Database;
  readonly #files: PrivateFiles;
  readonly #folder: string | undefined;
  #lock: FileLock | undefined;

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
    if (path !== undefined) this.#lock ??= await tryLockFile(path);
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
  }

  async #recoverFrom(owner: string, write: Write): Promise<void> {
    const path = this.#path(owner);
    // A damaged ledger must not choose the file.
    const release = () => this.#release(owner);
    if (path === undefined || !UUID.test(owner)) return await write(release);
    const lock = await tryLockFile(path);
    using _lock = lock;
    if (lock === undefined) return;
    await write(release);
    await this.#files.remove(path);
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
    const path = this.#path(this.owner);
    if (this.#lock === undefined || path === undefined) return;
    // Also a change of nothing would wait for another program's lock.
    if (!isAllSettled) this.#release(this.owner);
    await this.#files.remove(path);
    this[Symbol.dispose]();
  }

  [Symbol.dispose](): void {
    this.#lock?.[Symbol.dispose]();
    this.#lock = undefined;
  }

  #path(owner: string): string | undefined {
    return this.#folder && join(this.#folder, `${owner}.lock`);
  }
}
