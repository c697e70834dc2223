/**
 * Loaded before the program: from then on this system behaves as Windows does,
 * as far as a program sees it through `Deno`. Stricter where Windows is lax:
 * what it would do without a word (drop a dot, write into a device) is an error.
 */
import { dirname, join } from "node:path";
import { pathObjection } from "./names.ts";

type Path = string | URL;
type Options = { mode?: number } | undefined;

/** What Windows says is in the language of its user. */
const INVALID_NAME = "Синтаксическая ошибка в имени файла (os error 123)";
const IN_USE = "Процесс не может получить доступ к файлу (os error 32)";
const DENIED = "Отказано в доступе (os error 5)";

/** Versions of the runtime differ: every file open to everybody, or no modes at all. */
const MODE = Deno.env.get("LIKE_WINDOWS_MODE") === "open" ? 0o777 : null;

const { link, lstat, mkdir, open, readDir, readFile, realPath } = Deno;
const { addSignalListener, remove, rename, stat, writeFile, writeTextFile } =
  Deno;
const { stat: statOpen, tryLock } = Deno.FsFile.prototype;

function requireName(path: Path): void {
  const objection = pathObjection(String(path));
  if (objection === undefined) return;
  throw new Error(INVALID_NAME, { cause: objection });
}

function notSupported(): never {
  throw new Deno.errors.NotSupported("The operation is not supported");
}

function infoOf(info: Deno.FileInfo): Deno.FileInfo {
  return { ...info, mode: MODE, uid: null, gid: null };
}

/** They mean nothing. */
function withoutMode<T extends Options>(options: T): T {
  if (options === undefined) return options;
  const { mode: _mode, ...rest } = options;
  return rest as T;
}

const isFolder = (path: Path) =>
  stat(path).then((info) => info.isDirectory, () => false);
const isThere = (path: Path) => lstat(path).then(() => true, () => false);

/** Whether this process has the file open, or one below the folder. */
async function isOpen(path: Path): Promise<boolean> {
  const folder = await realPath(dirname(String(path)));
  const whole = join(folder, String(path).split("/").at(-1) ?? "");
  for await (const { name } of readDir("/proc/self/fd")) {
    const target = await Deno.readLink(`/proc/self/fd/${name}`).catch(() => "");
    if (target === whole || target.startsWith(`${whole}/`)) return true;
  }
  return false;
}

/** Each new file is looked at by a virus scanner for a moment. */
const scanned = new Set<string>();

async function renameAsWindows(from: Path, to: Path): Promise<void> {
  requireName(to);
  const isScanned = scanned.has(String(from));
  scanned.add(String(from));
  if (!isScanned || await isOpen(from)) throw new Error(IN_USE);
  if (await isFolder(from) && await isThere(to)) {
    throw new Deno.errors.PermissionDenied(DENIED);
  }
  await rename(from, to);
}

async function openAsWindows(
  path: Path,
  options?: Deno.OpenOptions,
): Promise<Deno.FsFile> {
  requireName(path);
  // So nothing of a folder can be flushed to the disk.
  if (await isFolder(path)) throw new Deno.errors.PermissionDenied(DENIED);
  return await open(path, withoutMode(options));
}

/** `work`, where the name is one that Windows knows. */
function named<Rest extends unknown[], Result>(
  work: (path: Path, ...rest: Rest) => Promise<Result>,
): (path: Path, ...rest: Rest) => Promise<Result> {
  return async (path, ...rest) => {
    requireName(path);
    return await work(path, ...rest);
  };
}

Object.assign(Deno, {
  build: { ...Deno.build, os: "windows" },
  uid: () => null,
  gid: () => null,
  umask: notSupported,
  chmod: notSupported,
  chown: notSupported,
  symlink: notSupported,
  stat: named(async (path) => infoOf(await stat(path))),
  lstat: named(async (path) => infoOf(await lstat(path))),
  open: openAsWindows,
  readFile: named(readFile),
  remove: named(remove),
  rename: renameAsWindows,
  link: async (from: string, to: string) => {
    requireName(to);
    await link(from, to);
  },
  mkdir: named((path, options?: Deno.MkdirOptions) =>
    mkdir(path, withoutMode(options))
  ),
  writeFile: named((path, data: Uint8Array, options?: Deno.WriteFileOptions) =>
    writeFile(path, data, withoutMode(options))
  ),
  writeTextFile: named((path, text: string, options?: Deno.WriteFileOptions) =>
    writeTextFile(path, text, withoutMode(options))
  ),
  addSignalListener(signal: Deno.Signal, listener: () => void) {
    if (signal === "SIGTERM") throw new TypeError("Windows has no SIGTERM");
    addSignalListener(signal, listener);
  },
});

Object.assign(Deno.FsFile.prototype, {
  async stat(this: Deno.FsFile) {
    return infoOf(await statOpen.call(this));
  },
  async tryLock(this: Deno.FsFile, isExclusive: boolean) {
    // Nobody could read it, or put another one in its place.
    const { size } = await statOpen.call(this);
    if (size > 0) throw new Error("A file with a content is locked");
    return await tryLock.call(this, isExclusive);
  },
});
