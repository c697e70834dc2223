import { join } from "node:path";
import { AppError, messageOf } from "../system/app_error.ts";
import { lockFile } from "../system/file_lock.ts";
import { Secret } from "../system/secret.ts";
import type { System } from "../system/system.ts";
import { type BoxKey, newKeyFile } from "./age_box.ts";

/** Where the key comes from that seals this stand's logins. */
export interface KeySource {
  /** What the user calls it: a path, or the name of a variable. */
  readonly name: string;
  /** Undefined when the stand has no key yet. */
  key(): Promise<BoxKey | undefined>;
  /** The key, made now when there is none. */
  keyForSealing(): Promise<BoxKey>;
}

/** Far above any key file or passphrase. */
const SIZE_LIMIT = 64 * 1024;

/**
 * The first that is given: `--key-file`, `STANDCLOUD_KEY_FILE`,
 * `$CREDENTIALS_DIRECTORY/standcloud-key` (systemd), a passphrase from the
 * environment; else the stand's own key file.
 */
export async function findKeySource(
  system: System,
  keyFile: string | undefined,
): Promise<KeySource> {
  const { environment } = system;
  const given = keyFile ?? environment.get("STANDCLOUD_KEY_FILE");
  if (given !== undefined) return givenKeyFile(system, given);
  const credentials = environment.get("CREDENTIALS_DIRECTORY");
  if (credentials !== undefined) {
    const path = join(credentials, "standcloud-key");
    if (await exists(system, path)) return givenKeyFile(system, path);
  }
  const passphrase = environment.secret("STANDCLOUD_PASSPHRASE");
  if (passphrase !== undefined) {
    return fixedKey("STANDCLOUD_PASSPHRASE", { passphrase });
  }
  const passphraseFile = environment.get("STANDCLOUD_PASSPHRASE_FILE");
  if (passphraseFile !== undefined) {
    const text = await readGiven(system, passphraseFile);
    const line = text.split(/\r?\n/, 1)[0] ?? "";
    if (line === "") throw unreadable(passphraseFile, "it is empty");
    return fixedKey(passphraseFile, { passphrase: new Secret(line) });
  }
  return ownKeyFile(system);
}

function fixedKey(name: string, key: BoxKey): KeySource {
  return {
    name,
    key: () => Promise.resolve(key),
    keyForSealing: () => Promise.resolve(key),
  };
}

function givenKeyFile(system: System, path: string): KeySource {
  const key = async () => parseKeyFile(path, await readGiven(system, path));
  return { name: path, key, keyForSealing: key };
}

function ownKeyFile(system: System): KeySource {
  // Asked for when it is needed: with an API key there may be no home at all.
  const pathOf = () => system.paths().keyFile;
  const key = async () => {
    const path = pathOf();
    const content = await system.privateFiles.read(path);
    return content === undefined
      ? undefined
      : parseKeyFile(path, new TextDecoder().decode(content));
  };
  const keyForSealing = async () => {
    const existing = await key();
    if (existing !== undefined) return existing;
    const path = pathOf();
    // Two first logins at the same time must end up with one key.
    using _lock = await lockFile(`${path}.lock`, { clock: system.clock });
    const made = await key();
    if (made !== undefined) return made;
    const text = await newKeyFile(system.clock.now());
    await system.privateFiles.write(path, new TextEncoder().encode(text));
    return parseKeyFile(path, text);
  };
  return {
    get name() {
      return pathOf();
    },
    key,
    keyForSealing,
  };
}

function parseKeyFile(path: string, text: string): BoxKey {
  const identities = text.split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => /^AGE-SECRET-KEY-(?:PQ-)?1[0-9A-Z]+$/.test(line))
    .map((line) => new Secret(line));
  if (identities.length > 0) return { identities };
  throw unreadable(path, "it holds no age identity (AGE-SECRET-KEY-1…)");
}

async function readGiven(system: System, path: string): Promise<string> {
  try {
    const content = await system.inputFiles.read(path, SIZE_LIMIT);
    return new TextDecoder().decode(content);
  } catch (error) {
    throw unreadable(path, messageOf(error));
  }
}

async function exists(system: System, path: string): Promise<boolean> {
  return await system.inputFiles.find(path, () => false)
    .then((found) => found.length > 0, () => false);
}

function unreadable(path: string, why: string): AppError {
  return new AppError("key_unreadable", `Cannot use key "${path}": ${why}`, {
    hints: ["make a key with: age-keygen -o PATH"],
  });
}
