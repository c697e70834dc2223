import { basename, dirname, join } from "node:path";
import type { AppError } from "./app_error.ts";
import { fileError } from "./disk_fault.ts";
import { liesBelow } from "./lies_below.ts";
import { giveName } from "./move_file.ts";

/** Files that are done with. */
export interface FinishedFiles {
  /**
   * Moves a file into the folder of that name beside it, under a name that is
   * free there, and returns its new path. A link in the folder's place is not
   * followed: nothing leaves the folder it lies in; a link itself is not moved.
   * Undefined when somebody else has taken the file away.
   *
   * @throws `output_unwritable`
   */
  moveInto(
    path: string,
    folder: string,
    options?: Bounds,
  ): Promise<string | undefined>;
  /**
   * Nothing to do where somebody else has taken it away.
   *
   * @throws `output_unwritable`
   */
  remove(path: string, options?: Bounds): Promise<void>;
}

interface Bounds {
  /**
   * The whole path, without links, of the folder in which the file was found.
   * A file that lies elsewhere by now is left alone. Undefined: the user named the file.
   */
  readonly within?: string | undefined;
}

export const finishedFiles: FinishedFiles = { moveInto, remove };

async function moveInto(
  path: string,
  name: string,
  bounds: Bounds = {},
): Promise<string | undefined> {
  try {
    const place = await placeOf(path, bounds);
    const { isSymlink } = await Deno.lstat(path);
    // What it leads to may be named from where it lies.
    if (isSymlink) throw new Error("it is a link");
    const folder = join(dirname(path), name);
    await makeFolder(folder);
    return await giveFreeName(path, folder, () => requireIn(folder, place));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw failed(`Cannot move "${path}" into "${name}"`, error);
  }
}

/** The folder of the file, without links. */
async function placeOf(
  path: string,
  { within }: Bounds,
): Promise<string> {
  const place = await Deno.realPath(dirname(path));
  const isWithin = within === undefined || place === within ||
    liesBelow(place, within);
  if (!isWithin) throw new Error("its folder was replaced by a link");
  return place;
}

/** @throws when another user has put a link in the place of the folder, or of the one above it. */
async function requireIn(folder: string, place: string): Promise<void> {
  const { isDirectory } = await Deno.lstat(folder);
  if (isDirectory && await Deno.realPath(dirname(folder)) === place) return;
  throw new Error(`"${folder}" was replaced by a link`);
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await Deno.mkdir(folder);
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
    const { isDirectory } = await Deno.lstat(folder);
    if (!isDirectory) throw new Error(`"${folder}" is not a folder`);
  }
}

/** The stem, and an extension that tells what the file is: `.json.gz` is one. */
const NAME_PARTS = /^(.+?)((?:\.json)?\.[^.]+)?$/s;

/** The first name that is free in the folder. */
async function giveFreeName(
  path: string,
  folder: string,
  check: () => Promise<void>,
): Promise<string> {
  const name = basename(path);
  const [, stem = name, extension = ""] = NAME_PARTS.exec(name) ?? [];
  for (let number = 0;; number++) {
    const suffix = number === 0 ? "" : `.${number}`;
    const target = join(folder, `${stem}${suffix}${extension}`);
    try {
      await giveName(path, target, check);
      return target;
    } catch (error) {
      if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
    }
    if (await isSameFile(path, target)) {
      // A process was killed when the file had both names.
      await check();
      await Deno.remove(path);
      return target;
    }
  }
}

async function isSameFile(one: string, other: string): Promise<boolean> {
  const [a, b] = [await Deno.lstat(one), await Deno.lstat(other)];
  return a.ino !== null && a.ino === b.ino && a.dev === b.dev;
}

async function remove(path: string, bounds: Bounds = {}): Promise<void> {
  try {
    await placeOf(path, bounds);
    await Deno.remove(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    throw failed(`Cannot delete "${path}"`, error);
  }
}

function failed(what: string, error: unknown): AppError {
  return fileError(what, error, {
    code: "output_unwritable",
    hint: "check the permissions of the folder",
  });
}
