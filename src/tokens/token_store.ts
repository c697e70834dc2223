import type { FileLock } from "../system/file_lock.ts";
import type { Login } from "./login.ts";
import type { LoginOutline } from "./login_outline.ts";

/** What the store needs to know of an address. */
export interface StoredAddress {
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
