/** A short text in a file of its own, and when the file was made, where the system tells. */
export interface Mark {
  readonly text: string;
  readonly birth: number | null;
}

/** Undefined when there is none, or it cannot be read: it is only ever a hint. */
export async function readMark(path: string): Promise<Mark | undefined> {
  try {
    const { isFile, birthtime, size } = await Deno.lstat(path);
    if (!isFile || size > 100) return undefined;
    const text = await Deno.readTextFile(path);
    return { text, birth: birthtime?.getTime() ?? null };
  } catch {
    return undefined;
  }
}

/** The file of a mark, kept open: it is written often. */
export interface MarkFile extends Disposable {
  readonly birth: number | null;
  write(text: string): void;
}

/**
 * The file as it is, or a new one, so that only a copy has another birth.
 * Undefined where that cannot be had.
 */
export function openMark(path: string): MarkFile | undefined {
  try {
    const file = openOwn(path);
    const { birthtime } = file.statSync();
    return {
      birth: birthtime?.getTime() ?? null,
      write(text) {
        file.seekSync(0, Deno.SeekMode.Start);
        file.writeSync(new TextEncoder().encode(text));
      },
      [Symbol.dispose]: () => file.close(),
    };
  } catch {
    return undefined;
  }
}

/** Never through a link, which leads to a file of somebody else. */
function openOwn(path: string): Deno.FsFile {
  try {
    return Deno.openSync(path, { write: true, createNew: true, mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
    if (!Deno.lstatSync(path).isFile) throw error;
    return Deno.openSync(path, { write: true });
  }
}
