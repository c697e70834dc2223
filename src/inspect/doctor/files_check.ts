import { dirname, join } from "node:path";
import { inspectPrivateFolder } from "../../system/private_folders.ts";
import { AppError } from "../../system/app_error.ts";
import type { System } from "../../system/system.ts";
import { type CheckItem, failed, ok, warning } from "./check_item.ts";

/** Whether anybody else could read or replace the program's files. */
export async function* checkFiles(system: System): AsyncGenerator<CheckItem> {
  let paths;
  try {
    paths = system.paths();
  } catch (error) {
    yield failed("files", error);
    return;
  }
  const { configFolder, loginsFolder, keyFile } = paths;
  let isPrivate = true;
  for (const folder of [configFolder, loginsFolder]) {
    try {
      const found = await inspectPrivateFolder(folder);
      isPrivate &&= found === "private";
      if (found === "missing") {
        yield ok("files", `"${folder}" is not there yet`);
        return;
      }
    } catch (error) {
      const isReadOnly = error instanceof AppError &&
        error.code === "store_unwritable";
      yield isReadOnly ? noRoom(error) : failed("files", error);
      return;
    }
  }
  if (yield* checkEach(system, keyFile, loginsFolder)) {
    const folder = dirname(keyFile);
    yield ok(
      "files",
      isPrivate
        ? `only you can use what is in "${folder}"`
        : `who may use what is in "${folder}" is for its permissions to say; they are not looked at here`,
    );
  }
  yield* checkRoom(system, loginsFolder);
}

/** The key and each login; true when all of them can be read. */
async function* checkEach(
  { privateFiles }: System,
  keyFile: string,
  loginsFolder: string,
): AsyncGenerator<CheckItem, boolean> {
  const logins = (await privateFiles.list(loginsFolder))
    .filter((name) => name.endsWith(".age"))
    .map((name) => join(loginsFolder, name));
  let isSound = true;
  for (const path of [keyFile, ...logins]) {
    try {
      await privateFiles.read(path);
    } catch (error) {
      isSound = false;
      yield failed("files", error);
    }
  }
  return isSound;
}

/** Whether a login could be saved now; a file is made for that, and removed. */
async function* checkRoom(
  { privateFiles }: System,
  folder: string,
): AsyncGenerator<CheckItem> {
  try {
    await using _room = await privateFiles.reserve(join(folder, "room"), 0);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    yield noRoom(error);
  }
}

function noRoom({ message, hints }: AppError): CheckItem {
  return warning(
    "files",
    `${message}; no login can be saved or renewed`,
    ...hints,
    "an API key in STANDCLOUD_API_KEY needs no folder",
  );
}
