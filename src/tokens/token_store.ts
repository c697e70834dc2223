import { join } from "node:path";
import { type FileLock, lockFile } from "../system/file_lock.ts";
import type { ReservedWrite } from "../system/private_files.ts";
import type { System } from "../system/system.ts";
import { addressOfFileName } from "../standcloud/address.ts";
import type { BoxKey } from "./age_box.ts";
import { keyUnreadable } from "./key_file.ts";
import type { KeySource } from "./key_source.ts";
import { formatLogin, type Login, parseLogin } from "./login.ts";
import {
  keepOutline,
  keptOutline,
  type LoginOutline,
  outlineOf,
} from "./login_outline.ts";
import { damagedLogin, type OpenedLogin, openLoginBox } from "./open_login.ts";
import { lockKey } from "./own_key_file.ts";

const EXTENSION = ".age";
/** What lies beside a sealed login. */
const OUTLINE = ".outline";

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
  /** Throws when a login could not be saved now; makes neither key nor file. */
  requireRoom(address: StoredAddress): Promise<void>;
  has(address: StoredAddress): Promise<boolean>;
  /** Works for a damaged file too; false when there was none. */
  remove(address: StoredAddress): Promise<boolean>;
  /** Held while a login is read, renewed and saved. */
  lock(address: StoredAddress): Promise<FileLock>;
  /** File names (without extension) of all stored logins. */
  list(): Promise<string[]>;
  /**
   * What a login of `list` is, without its secrets. Opens the login only where
   * nothing else says that it can be opened.
   *
   * @throws as `load`
   */
  outline(fileName: string): Promise<StoredOutline | undefined>;
  /** Seals what a file of `list` holds to the key as it is now. */
  reseal(fileName: string): Promise<void>;
}

export interface StoredOutline extends LoginOutline {
  /** Of the key that opens it: perhaps one from before another was given. */
  readonly keyName: string;
}

/** The room for one login; given back when disposed. */
export interface ReservedSave extends AsyncDisposable {
  save(login: Login): Promise<void>;
}

/** More than any login takes. */
const LOGIN_BYTES = 16 * 1024;

export function openTokenStore(system: System, keys: KeySource): TokenStore {
  return new AgeFiles(system, keys);
}

class AgeFiles implements TokenStore {
  readonly #system: System;
  readonly #keys: KeySource;

  constructor(system: System, keys: KeySource) {
    this.#system = system;
    this.#keys = keys;
  }

  async load({ fileName, text }: StoredAddress): Promise<Login | undefined> {
    return (await this.#load(fileName, text))?.login;
  }

  async outline(fileName: string): Promise<StoredOutline | undefined> {
    const { privateFiles } = this.#system;
    const box = await privateFiles.read(this.#path(fileName + EXTENSION));
    if (box === undefined) return undefined;
    const address = addressOfFileName(fileName);
    const path = this.#path(fileName + OUTLINE);
    const key = () => this.#keys.key();
    const kept = await keptOutline(privateFiles, path, { box, key });
    if (kept?.address === address) return { ...kept, keyName: this.#keys.name };
    const stored = await this.#load(fileName, address);
    return stored && { ...outlineOf(stored.login), keyName: stored.keyName };
  }

  async #load(
    fileName: string,
    address: string,
  ): Promise<{ login: Login; keyName: string } | undefined> {
    const path = this.#path(fileName + EXTENSION);
    const opened = await this.#open(path);
    if (opened === undefined) return undefined;
    const login = parseLogin(opened.text);
    if (login === undefined) {
      throw damagedLogin(
        path,
        "its content is not a login of this program version",
      );
    }
    if (login.address !== address) {
      throw damagedLogin(path, `it was made for ${login.address}`);
    }
    return { login, keyName: opened.keyName };
  }

  async #open(path: string): Promise<OpenedLogin | undefined> {
    const { privateFiles } = this.#system;
    let box = await privateFiles.read(path);
    while (box !== undefined) {
      try {
        return await openLoginBox(path, box, this.#keys);
      } catch (error) {
        const before = box.toBase64();
        box = await privateFiles.read(path);
        // Unless it was sealed to a new key just then, it is as bad as before.
        if (box?.toBase64() === before) throw error;
      }
    }
    return undefined;
  }

  async save(address: StoredAddress, login: Login): Promise<void> {
    const room = await this.reserve(address);
    await using _room = room;
    await room.save(login);
  }

  async reserve({ fileName }: StoredAddress): Promise<ReservedSave> {
    // A key that cannot be had, or asked for, shows now.
    await this.#keys.keyForSealing();
    const room = await this.#system.privateFiles.reserve(
      this.#path(fileName + EXTENSION),
      LOGIN_BYTES,
    );
    return {
      save: (login) => this.#seal(fileName, formatLogin(login), room),
      [Symbol.asyncDispose]: () => room[Symbol.asyncDispose](),
    };
  }

  async #seal(
    fileName: string,
    text: string,
    room: ReservedWrite,
  ): Promise<void> {
    const sealed = await this.#sealWithKey(text, room);
    const login = parseLogin(text);
    if (login === undefined) return;
    const path = this.#path(fileName + OUTLINE);
    const { privateFiles } = this.#system;
    // Without it the login has to be opened more often: that is no error.
    await keepOutline(privateFiles, path, { login, ...sealed }).catch(() => {});
  }

  async #sealWithKey(
    text: string,
    room: ReservedWrite,
  ): Promise<{ box: Uint8Array; key: BoxKey }> {
    using _lock = await lockKey(this.#system, { shared: true });
    const key = await this.#keys.key();
    if (key === undefined) throw keyUnreadable(this.#keys.name, "it is gone");
    const { sealBox } = await import("./age_box.ts");
    const box = await sealBox(text, key);
    await room.write(box);
    return { box, key };
  }

  async reseal(fileName: string): Promise<void> {
    using _lock = await this.lock({ fileName });
    const path = this.#path(fileName + EXTENSION);
    const opened = await this.#open(path);
    if (opened === undefined) return;
    const room = await this.#system.privateFiles.reserve(path, LOGIN_BYTES);
    await using _room = room;
    await this.#seal(fileName, opened.text, room);
  }

  async requireRoom({ fileName }: StoredAddress): Promise<void> {
    await this.#keys.key();
    await using _room = await this.#system.privateFiles.reserve(
      this.#path(fileName + EXTENSION),
      LOGIN_BYTES,
    );
  }

  async remove({ fileName }: StoredAddress): Promise<boolean> {
    const { privateFiles } = this.#system;
    const existed = await privateFiles.remove(this.#path(fileName + EXTENSION));
    await privateFiles.remove(this.#path(fileName + OUTLINE)).catch(() => {});
    return existed;
  }

  async lock({ fileName }: Pick<StoredAddress, "fileName">): Promise<FileLock> {
    const { clock, interrupted: signal, privateFiles } = this.#system;
    const lock = await lockFile(this.#path(`${fileName}.lock`), {
      clock,
      signal,
    });
    // All who save a login hold the lock: the others are dead.
    for (const extension of [EXTENSION, OUTLINE]) {
      await privateFiles.tidy(this.#path(fileName + extension)).catch(() => {});
    }
    return lock;
  }

  async has({ fileName }: StoredAddress): Promise<boolean> {
    return (await this.list()).includes(fileName);
  }

  async list(): Promise<string[]> {
    const { loginsFolder } = this.#system.paths();
    const names = await this.#system.privateFiles.list(loginsFolder);
    return names
      .filter((name) => name.endsWith(EXTENSION) && !name.startsWith("."))
      .map((name) => name.slice(0, -EXTENSION.length));
  }

  #path(name: string): string {
    return join(this.#system.paths().loginsFolder, name);
  }
}
