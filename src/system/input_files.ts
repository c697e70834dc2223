import { join } from "node:path";
import { AppError, messageOf } from "./app_error.ts";
import { DiskFault } from "./disk_fault.ts";
import {
  readIfThere,
  readInput,
  type ReadOptions,
  unreadable,
} from "./read_input.ts";
import { isAbsent } from "./private_folders.ts";
import { spareHandle, TooManyOpen } from "./spare_handle.ts";

/** What the user named on the command line. */
export interface InputFiles {
  /**
   * The files that `path` means: itself, every file below it, or those that it
   * fits as a pattern (`*.json`: the shell of Windows leaves that to us). Links
   * inside a folder are not followed, so nothing outside it is ever read. Folder
   * by folder, each in the order of its names.
   *
   * Known limit: the runtime does not show names that are not UTF-8. Such files
   * of a folder are neither found nor skipped.
   *
   * @throws `input_unreadable`
   */
  walk(path: string, options: WalkOptions): AsyncIterable<FoundFile>;
  /** The same, sorted. */
  find(path: string, options: FindOptions): Promise<string[]>;
  /** @throws `input_unreadable`, also when the file is larger than `limit` bytes. */
  read(
    path: string,
    limit: number,
    options?: ReadOptions,
  ): Promise<Uint8Array<ArrayBuffer>>;
  /** The same; undefined when there is no such file, or a folder has the name. */
  readIfThere(
    path: string,
    limit: number,
  ): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** The whole path of a folder, without links; undefined when it is no folder. @throws `input_unreadable` */
  folder(path: string): Promise<string | undefined>;
  /** Undefined when there is no such file. @throws `input_unreadable` */
  info(path: string): Promise<FileFacts | undefined>;
}

export interface WalkOptions {
  accepts(name: string, folder: string): boolean;
  /** Whether to look into a folder below; default: into all. */
  enters?(path: string): boolean;
  /** Told what is passed over below a folder. */
  onSkip(skipped: Skipped): void;
}

export type FindOptions =
  & Pick<WalkOptions, "accepts">
  & Partial<WalkOptions>;

export interface FoundFile {
  readonly path: string;
  /** In a folder that was named; false: the file itself was. */
  readonly isFound: boolean;
  /** That folder, whole and without links: a reader does not leave it. */
  readonly within?: string;
}

/** A link, or a folder that cannot be read for a reason. */
export interface Skipped {
  readonly path: string;
  readonly reason?: string;
  /** The reason says nothing about what is in the folder. */
  readonly isDiskFault?: boolean;
}

/** By what a change of a file shows. */
export interface FileFacts {
  readonly size: number;
  readonly modifiedAt: Date;
  /** Another one when another file has taken the name, or something was done to this one; as far as the system tells. */
  readonly version: string;
}

export const inputFiles: InputFiles = {
  walk,
  find,
  read: readInput,
  readIfThere,
  folder,
  info,
};

async function* walk(
  path: string,
  options: WalkOptions,
): AsyncGenerator<FoundFile> {
  const info = await statOf(path);
  if (info === undefined) {
    for (const match of await matches(path)) {
      yield* unlessUnreadable(walk(match, options), { path: match, options });
    }
  } else if (!info.isDirectory) yield { path, isFound: false };
  else yield* below(path, options, await Deno.realPath(path));
}

async function* below(
  folder: string,
  options: WalkOptions,
  within: string,
): AsyncGenerator<FoundFile> {
  const left = (await listing(folder, options)).reverse();
  // Each name leaves memory when its file is handed on.
  for (let entry = left.pop(); entry !== undefined; entry = left.pop()) {
    const path = join(folder, entry.slice(0, -1));
    if (entry.endsWith(LINK)) options.onSkip({ path });
    else if (entry.endsWith(FOLDER)) {
      if (options.enters?.(path) === false) continue;
      const inner = below(path, options, within);
      yield* unlessUnreadable(inner, { path, options });
    } else yield { path, isFound: true, within };
  }
}

/**
 * What stands behind a name says what it is: a folder can have very many, and
 * one text for each takes the least memory. Names sort as they would without.
 */
const FILE = "\0";
const FOLDER = "\x01";
const LINK = "\x02";

/** A folder of another user does not keep the others back. */
async function* unlessUnreadable(
  files: AsyncIterable<FoundFile>,
  { path, options }: { path: string; options: WalkOptions },
): AsyncGenerator<FoundFile> {
  try {
    yield* files;
  } catch (error) {
    if (!(error instanceof AppError) || error instanceof TooManyOpen) {
      throw error;
    }
    const isDiskFault = error instanceof DiskFault;
    options.onSkip({ path, reason: error.message, isDiskFault });
  }
}

/** Links, folders and the files that are accepted, by name; each with its kind behind it. */
async function listing(
  folder: string,
  options: WalkOptions,
): Promise<string[]> {
  try {
    // A network drive that does not answer is waited for here, where Ctrl-C ends it.
    await Deno.stat(folder);
    return await spareHandle(folder, () => namesIn(folder, options));
  } catch (error) {
    throw unreadable(folder, error);
  }
}

/** At one go: the asynchronous listing holds on to twice the memory, for good. */
function namesIn(folder: string, { accepts }: WalkOptions): string[] {
  const found: string[] = [];
  for (const entry of Deno.readDirSync(folder)) {
    if (entry.isSymlink) found.push(entry.name + LINK);
    else if (entry.isDirectory) found.push(entry.name + FOLDER);
    else if (entry.isFile && accepts(entry.name, folder)) {
      found.push(entry.name + FILE);
    }
  }
  return found.sort();
}

async function statOf(path: string): Promise<Deno.FileInfo | undefined> {
  try {
    return await Deno.stat(path);
  } catch (error) {
    const mayBePattern = error instanceof Deno.errors.NotFound ||
      isRefusedName(error);
    if (mayBePattern && /[*?[]/.test(path)) return undefined;
    throw unreadable(path, error);
  }
}

/**
 * Windows refuses a name like one with an asterisk: no file can have it. It says
 * so in the language of its user.
 */
function isRefusedName(error: unknown): boolean {
  return messageOf(error).includes("(os error 123)");
}

async function matches(pattern: string): Promise<string[]> {
  const { glob } = await import("node:fs/promises");
  // A folder may have brackets in its name; Windows knows no other meaning of them.
  for (const meaning of [pattern.replaceAll("[", "[[]"), pattern]) {
    const found = await Array.fromAsync(glob(meaning));
    if (found.length > 0) return found.sort();
  }
  throw new AppError("input_unreadable", `No file fits "${pattern}"`);
}

async function find(path: string, options: FindOptions): Promise<string[]> {
  const files = await Array.fromAsync(
    walk(path, { onSkip: () => {}, ...options }),
  );
  return files.map((file) => file.path).sort();
}

async function folder(path: string): Promise<string | undefined> {
  try {
    const { isDirectory } = await Deno.stat(path);
    return isDirectory ? await Deno.realPath(path) : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    if (isRefusedName(error)) return undefined;
    throw unreadable(path, error);
  }
}

async function info(path: string): Promise<FileFacts | undefined> {
  try {
    // Of a link itself: what it leads to may be a file that nobody named.
    const own = await Deno.lstat(path);
    const { size, mtime } = own.isSymlink ? await Deno.stat(path) : own;
    const version = [own.dev, own.ino, own.ctime?.getTime()].join(":");
    return { size, modifiedAt: mtime ?? new Date(0), version };
  } catch (error) {
    if (isAbsent(error) || isRefusedName(error)) return undefined;
    throw unreadable(path, error);
  }
}
