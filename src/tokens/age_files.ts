import { join } from "node:path";
import { type FileLock, lockFile, tryLockFile } from "../system/file_lock.ts";
import type { ReservedWrite } from "../system/private_files.ts";
import type { System } from "../system/system.ts";
import { addressOfFileName } from "../standcloud/address.ts";
import type { BoxKey } from "./age_box.ts";
import { keyUnreadable } from "./key_file.ts";
import type { KeySource } from "./key_source.ts";
import { formatLogin, type Login, parseLogin } from "./login.ts";
import { keepOutline, keptOutline, outlineOf } from "./login_outline.ts";
import { damagedLogin, type OpenedLogin, openLoginBox } from "./open_login.ts";
import { lockKey } from "./own_key_file.ts";
import { recoverLogin } from "./recover_login.ts";
import type {
  ReservedSave,
  StoredAddress,
  StoredOutline,
  TokenStore,
} from "./token_store.ts";

const EXTENSION = ".age";
/** What lies beside a sealed login. */
const OUTLINE = ".outline";
/** More than any login takes. */
const LOGIN_BYTES = 16 * 1024;

export function openTokenStore(system: System, keys: KeySource): TokenStore {
  return new AgeFiles(system, keys);
}

interface SealOptions {
  readonly room: ReservedWrite;
  /** The key as it was before. Without it, a key that cannot be read now is an error. */
  readonly key?: BoxKey;
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
    await this.#recoverUnlocked(fileName);
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
    await this.#recoverUnlocked(fileName);
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
    try {
      await room.save(login);
    } catch (error) {
      // StandCloud is told to forget the login: no later command shall find it.
      await this.#dropDrafts(this.#path(address.fileName + EXTENSION));
      throw error;
    }
  }

  async #dropDrafts(path: string): Promise<void> {
    const { privateFiles } = this.#system;
    for (const draft of await privateFiles.drafts(path).catch(() => [])) {
      await privateFiles.remove(draft).catch(() => {});
    }
  }

  async reserve({ fileName }: StoredAddress): Promise<ReservedSave> {
    // A key that cannot be had, or asked for, shows now.
    const key = await this.#keys.keyForSealing();
    const room = await this.#system.privateFiles.reserve(
      this.#path(fileName + EXTENSION),
      LOGIN_BYTES,
    );
    return {
      save: (login) => this.#seal(fileName, formatLogin(login), { room, key }),
      [Symbol.asyncDispose]: () => room[Symbol.asyncDispose](),
    };
  }

  async #seal(
    fileName: string,
    text: string,
    options: SealOptions,
  ): Promise<void> {
    const sealed = await this.#sealWithKey(text, options);
    const login = parseLogin(text);
    if (login === undefined) return;
    const path = this.#path(fileName + OUTLINE);
    const { privateFiles } = this.#system;
    // Without it the login has to be opened more often: that is no error.
    await keepOutline(privateFiles, path, { login, ...sealed }).catch(() => {});
  }

  async #sealWithKey(
    text: string,
    { room, key: before }: SealOptions,
  ): Promise<{ box: Uint8Array; key: BoxKey }> {
    const resources = new DisposableStack();
    using _resources = resources;
    const current = async () => {
      resources.use(await lockKey(this.#system, { shared: true }));
      const key = await this.#keys.key();
      if (key === undefined) throw keyUnreadable(this.#keys.name, "it is gone");
      return key;
    };
    // No other process takes that key away before this login is sealed anew.
    const key = await current().catch((error) => {
      if (before === undefined) throw error;
      return before;
    });
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
    await this.#seal(fileName, opened.text, { room });
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
    const { clock, interrupted: signal } = this.#system;
    const lock = await lockFile(this.#path(`${fileName}.lock`), {
      clock,
      signal,
    });
    await this.#recover(this.#path(fileName + EXTENSION));
    await this.#dropDrafts(this.#path(fileName + OUTLINE));
    return lock;
  }

  /** For the holder of the lock: all who save a login hold it, so the others are dead. */
  async #recover(path: string): Promise<void> {
    const { privateFiles } = this.#system;
    const open = async (box: Uint8Array) =>
      parseLogin((await openLoginBox(path, box, this.#keys)).text);
    await recoverLogin(path, { privateFiles, open }).catch(() => {});
  }

  /** Unless another process renews the login just now, or the disk is read-only. */
  async #recoverUnlocked(fileName: string): Promise<void> {
    const path = this.#path(fileName + EXTENSION);
    const drafts = await this.#system.privateFiles.drafts(path).catch(() => []);
    if (drafts.length === 0) return;
    const lock = await tryLockFile(this.#path(`${fileName}.lock`))
      .catch(() => undefined);
    using _lock = lock;
    if (lock !== undefined) await this.#recover(path);
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
