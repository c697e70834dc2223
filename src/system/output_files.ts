import { basename, dirname, join } from "node:path";
import { AppError, messageOf } from "./app_error.ts";
import { giveName, moveFile, requireAbsent } from "./move_file.ts";

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
  writeBeside(path: string, content: string): Promise<void>;
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
  const attempt = async <T>(action: () => Promise<T>) => {
    try {
      return await action();
    } catch (error) {
      throw unwritable(path, error);
    }
  };
  const temporary = temporaryBeside(path);
  await attempt(async () => {
    // Shows before anybody is asked for what the file is to hold.
    await requireAbsent(path);
    const options = { createNew: true, mode: 0o600 };
    await Deno.writeFile(temporary, new Uint8Array(), options);
  });
  return {
    write: (content) =>
      attempt(async () => {
        await writeWhole(temporary, content);
        await giveName(temporary, path);
      }),
    [Symbol.asyncDispose]: () => Deno.remove(temporary).catch(() => {}),
  };
}

async function writeWhole(path: string, content: Uint8Array): Promise<void> {
  using file = await Deno.open(path, { write: true });
  for (let rest = content; rest.length > 0;) {
    rest = rest.subarray(await file.write(rest));
  }
  await file.sync();
}

function temporaryBeside(path: string): string {
  const name = `.${basename(path).slice(0, 100)}.${crypto.randomUUID()}`;
  return join(dirname(path), name);
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
  let temporary: string | undefined;
  try {
    const target = await findTarget(path);
    temporary = temporaryBeside(target);
    const text = typeof content === "string"
      ? content
      : ReadableStream.from(content);
    await Deno.writeTextFile(temporary, text, { createNew: true });
    await moveFile(temporary, target);
  } catch (error) {
    if (temporary !== undefined) await Deno.remove(temporary).catch(() => {});
    throw unwritable(path, error);
  }
}

async function writeFree(
  paths: Iterable<string>,
  content: string,
): Promise<void> {
  for (const path of paths) {
    const temporary = temporaryBeside(path);
    try {
      await Deno.writeTextFile(temporary, content, { createNew: true });
      return await giveName(temporary, path);
    } catch (error) {
      if (!(error instanceof Deno.errors.AlreadyExists)) {
        throw unwritable(path, error);
      }
    } finally {
      // It is gone where it was moved.
      await Deno.remove(temporary).catch(() => {});
    }
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

function unwritable(path: string, error: unknown): AppError {
  return new AppError(
    "output_unwritable",
    `Cannot write "${path}": ${reasonOf(error)}`,
    { cause: error },
  );
}

function reasonOf(error: unknown): string {
  if (error instanceof Deno.errors.AlreadyExists) return "it exists already";
  if (error instanceof Deno.errors.NotFound) return "there is no such folder";
  return error instanceof Deno.errors.PermissionDenied
    ? "permission denied"
    : messageOf(error);
}
