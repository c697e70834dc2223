import { join } from "node:path";
import { AppError, messageOf } from "../system/app_error.ts";
import { type FileLock, lockFile } from "../system/file_lock.ts";
import type { System } from "../system/system.ts";
import { addressOfFileName } from "../standcloud/address.ts";
import { openBox, sealBox } from "./age_box.ts";
import type { KeySource } from "./key_source.ts";
import { formatLogin, type Login, parseLogin } from "./login.ts";

const EXTENSION = ".age";

/** What the store needs to know of an address. */
interface StoredAddress {
  readonly text: string;
  readonly fileName: string;
}

/** The logins of this stand: one age file per address. */
export interface TokenStore {
  /**
   * Undefined when this stand was never logged in to the address.
   *
   * @throws `login_unreadable` when the file is there but damaged, sealed to
   * another key, or made for another address; `store_unsafe` when others could
   * have read or written it.
   */
  load(address: StoredAddress): Promise<Login | undefined>;
  save(address: StoredAddress, login: Login): Promise<void>;
  /** Makes sure that a login can be saved, before one is asked for that cannot be had twice. */
  reserve(address: StoredAddress): Promise<ReservedSave>;
  has(address: StoredAddress): Promise<boolean>;
  /** Works for a damaged file too; false when there was none. */
  remove(address: StoredAddress): Promise<boolean>;
  /** Held while a login is read, renewed and saved. */
  lock(address: StoredAddress): Promise<FileLock>;
  /** File names (without extension) of all stored logins. */
  list(): Promise<string[]>;
  /** Like `load`, for a name of `list`. */
  loadByFileName(fileName: string): Promise<Login | undefined>;
}

/** The room for one login; given back when disposed. */
export interface ReservedSave extends AsyncDisposable {
  save(login: Login): Promise<void>;
}

/** More than any login takes. */
const LOGIN_BYTES = 16 * 1024;

export function openTokenStore(system: System, keys: KeySource): TokenStore {
  const folder = () => system.paths().loginsFolder;
  const pathOf = (fileName: string) => join(folder(), fileName + EXTENSION);

  async function load(
    fileName: string,
    address: string,
  ): Promise<Login | undefined> {
    const path = pathOf(fileName);
    const box = await system.privateFiles.read(path);
    if (box === undefined) return undefined;
    const login = parseLogin(await open(path, box, keys));
    if (login === undefined) {
      throw damaged(path, "its content is not a login of this program version");
    }
    if (login.address !== address) {
      throw damaged(path, `it was made for ${login.address}`);
    }
    return login;
  }

  async function reserve({ fileName }: StoredAddress): Promise<ReservedSave> {
    const key = await keys.keyForSealing();
    const room = await system.privateFiles.reserve(
      pathOf(fileName),
      LOGIN_BYTES,
    );
    return {
      save: async (login) => room.write(await sealBox(formatLogin(login), key)),
      [Symbol.asyncDispose]: () => room[Symbol.asyncDispose](),
    };
  }

  async function list(): Promise<string[]> {
    const names = await system.privateFiles.list(folder());
    return names
      .filter((name) => name.endsWith(EXTENSION) && !name.startsWith("."))
      .map((name) => name.slice(0, -EXTENSION.length));
  }

  return {
    loadByFileName: (fileName) => load(fileName, addressOfFileName(fileName)),
    load: ({ fileName, text }) => load(fileName, text),
    async save(address, login) {
      await using reserved = await reserve(address);
      await reserved.save(login);
    },
    reserve,
    has: async ({ fileName }) => (await list()).includes(fileName),
    remove: (address) => system.privateFiles.remove(pathOf(address.fileName)),
    lock: (address) =>
      lockFile(join(folder(), `${address.fileName}.lock`), {
        clock: system.clock,
        signal: system.interrupted,
      }),
    list,
  };
}

async function open(
  path: string,
  box: Uint8Array,
  keys: KeySource,
): Promise<string> {
  const key = await keys.key();
  if (key === undefined) {
    throw damaged(path, `the key that opens it, "${keys.name}", is missing`);
  }
  try {
    return await openBox(box, key);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw damaged(
      path,
      `"${keys.name}" does not open it, or it is damaged (${messageOf(error)})`,
    );
  }
}

function damaged(path: string, why: string): AppError {
  return new AppError(
    "login_unreadable",
    `Cannot read the stored login "${path}": ${why}`,
    { hints: ["log in again, which replaces it: standcloud sc-login"] },
  );
}
