/** Contents with names, in a ZIP file or in a folder. */
export interface Archive extends AsyncDisposable {
  /**
   * One after the other, as often as this is called. Names are what somebody
   * wrote, with `/` between folders: for comparing, not for opening files.
   *
   * @throws `ArchiveDamage`
   */
  entries(): AsyncIterable<ArchiveEntry>;
}

export interface ArchiveEntry {
  readonly name: string;
  /**
   * @param limit in bytes; the rest of a larger one is never unpacked.
   * @throws `ArchiveDamage`
   */
  read(limit: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** An archive that is being written. Disposed before it is finished it leaves nothing. */
export interface NewArchive extends AsyncDisposable {
  /** @throws `output_unwritable` */
  add(name: string, content: Uint8Array): Promise<void>;
  /**
   * Gives it its name, all at once.
   *
   * @throws `output_unwritable`, also when there is something of that name.
   */
  finish(): Promise<void>;
}

/** What was written is not what is read. */
export class ArchiveDamage extends Error {
  override readonly name = "ArchiveDamage";
  /** Undefined when it cannot be told which one is damaged. */
  readonly entry: string | undefined;

  constructor(message: string, entry?: string) {
    super(message);
    this.entry = entry;
  }
}

/** Its size alone tells, before anything of it is read. */
export class EntryTooLarge extends ArchiveDamage {
  constructor(limit: number, entry: string) {
    super(`it is larger than ${limit} bytes`, entry);
  }
}
