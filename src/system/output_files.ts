import { dirname } from "node:path";
import { unwritable } from "./disk_fault.ts";
import { draftBeside, openDraft, tidyDrafts } from "./draft_files.ts";
import {
  giveName,
  moveFile,
  removeSurely,
  requireAbsent,
} from "./move_file.ts";
import { syncFolder } from "./sync_folder.ts";

type Content = string | Iterable<string>;

/** Files that the user asked for by name. */
export interface OutputFiles {
  /**
   * Writes the file, or replaces it in one step, so that nobody ever sees half
   * of it. A link is followed, as an editor would.
   *
   * @param content a text, or its parts, of which only one is held at a time.
   * @throws `output_unwritable`
   */
  write(path: string, content: Content): Promise<void>;
  /**
   * Makes the folder and those above it, unless it is there.
   *
   * @throws `output_unwritable`
   */
  makeFolder(path: string): Promise<void>;
  /**
   * The same for a name that the user never typed: no link is followed, and
   * nothing but a file is replaced.
   *
   * @throws `output_unwritable`
   */
  writeBeside(path: string, content: Content): Promise<void>;
  /**
   * Writes a new file under the first of the names that is free; nothing that
   * is there is replaced or written to.
   *
   * @throws `output_unwritable`
   */
  writeFree(paths: Iterable<string>, content: string): Promise<void>;
  /**
   * Takes the room for a new file that only its owner can read, never over
   * another one or through a link. It has its name once it is written whole.
   *
   * @throws `output_unwritable`
   */
  create(path: string): Promise<NewFile>;
}

/** A file that is to be made; nothing is left of it when it is disposed before it was written. */
export interface NewFile extends AsyncDisposable {
  write(content: Uint8Array): Promise<void>;
}

export const outputFiles: OutputFiles = {
  write: (path, content) => replace(path, content, targetOf),
  makeFolder,
  writeBeside: (path, content) => replace(path, content, ownTargetOf),
  writeFree,
  create,
};

async function create(path: string): Promise<NewFile> {
  return await orUnwritable(path, async () => {
    // Shows before anybody is asked for what the file is to hold.
    await requireAbsent(path);
    const draft = await Draft.begin(path, { mode: 0o600 });
    return {
      write: (content) =>
        orUnwritable(path, async () => {
          await draft.write([content]);
          await draft.take(path, giveName);
        }),
      [Symbol.asyncDispose]: () => draft[Symbol.asyncDispose](),
    };
  });
}

/** A file under a name that nobody looks for; nothing is left of it when it is disposed. */
class Draft implements AsyncDisposable {
  readonly #path: string;
  readonly #file: Deno.FsFile;
  #isOpen = true;

  private constructor(path: string, file: Deno.FsFile) {
    this.#path = path;
    this.#file = file;
  }

  static async begin(
    target: string,
    options: { mode?: number } = {},
  ): Promise<Draft> {
    await tidyDrafts(target);
    const path = draftBeside(target);
    return new Draft(path, await openDraft(path, options));
  }

  /** It is on the disk when it resolves. */
  async write(parts: Iterable<Uint8Array>): Promise<void> {
    for (const part of parts) {
      for (let rest = part; rest.length > 0;) {
        rest = rest.subarray(await this.#file.write(rest));
      }
    }
    await this.#file.sync();
  }

  /** Gives it its own name. */
  async take(
    target: string,
    rename: (from: string, to: string) => Promise<void>,
  ): Promise<void> {
    // Windows renames no file that is open; elsewhere the lock lasts until then.
    if (Deno.build.os === "windows") this.#close();
    await rename(this.#path, target);
    await syncFolder(dirname(target)).catch(() => {});
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#close();
    // It is gone where it was renamed.
    await removeSurely(this.#path).catch(() => {});
  }

  #close(): void {
    if (this.#isOpen) this.#file.close();
    this.#isOpen = false;
  }
}

function* partsOf(content: Content): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  const texts = typeof content === "string" ? [content] : content;
  for (const text of texts) yield encoder.encode(text);
}

async function makeFolder(path: string): Promise<void> {
  try {
    await Deno.mkdir(path, { recursive: true });
  } catch (error) {
    throw unwritable(path, error);
  }
}

async function replace(
  path: string,
  content: Content,
  findTarget: (path: string) => Promise<string>,
): Promise<void> {
  await orUnwritable(path, async () => {
    const target = await findTarget(path);
    await using draft = await Draft.begin(target);
    await draft.write(partsOf(content));
    await draft.take(target, moveFile);
  });
}

async function writeFree(
  paths: Iterable<string>,
  content: string,
): Promise<void> {
  for (const path of paths) {
    const isFree = await orUnwritable(path, async () => {
      await using draft = await Draft.begin(path);
      await draft.write(partsOf(content));
      return await draft.take(path, giveName).then(() => true, (error) => {
        if (error instanceof Deno.errors.AlreadyExists) return false;
        throw error;
      });
    });
    if (isFree) return;
  }
}

/** Where the content goes; a device or a pipe must not be replaced by a file. */
async function targetOf(path: string): Promise<string> {
  try {
    const info = await Deno.stat(path);
    if (info.isDirectory) throw new Error("it is a folder");
    if (!info.isFile) throw new Error("it is not a file; - is stdout");
    return await Deno.realPath(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return path;
    throw error;
  }
}

async function ownTargetOf(path: string): Promise<string> {
  try {
    const info = await Deno.lstat(path);
    if (info.isSymlink) throw new Error("it is a link; remove it");
    if (!info.isFile) throw new Error("it is not a file; remove it");
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return path;
}

async function orUnwritable<T>(
  path: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw unwritable(path, error);
  }
}
