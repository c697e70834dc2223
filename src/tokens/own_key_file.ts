import { lockFile } from "../system/file_lock.ts";
import type { Secret } from "../system/secret.ts";
import { settingsText } from "../system/settings_text.ts";
import type { System } from "../system/system.ts";
import type { BoxKey } from "./age_box.ts";
import { identitiesIn } from "./key_file.ts";
import type { KeySource } from "./key_source.ts";

type Identities = Extract<BoxKey, { identities: unknown }>;

/** The stand's own key: `key.txt`, made when something is to be sealed for the first time. */
export function ownKeyFile(system: System): KeySource {
  // Asked for when it is needed: with an API key there may be no home at all.
  const pathOf = () => system.paths().keyFile;
  const key = () => readKey(system);
  return {
    get name() {
      return pathOf();
    },
    key,
    async keyForSealing() {
      const existing = await key();
      if (existing !== undefined) return existing;
      // Two first logins at the same time must end up with one key.
      using _lock = await lockKey(system);
      return await key() ?? await writeKey(system, [await newIdentity()]);
    },
    others: () => Promise.resolve([]),
    replace: (reseal) => replaceKey(system, reseal),
  };
}

/**
 * Puts a new identity before those of the key file, has everything re-sealed
 * to it, and takes out the ones that were there: whenever this ends, also by a
 * power cut, what is sealed can be opened with the file.
 */
async function replaceKey(
  system: System,
  reseal: () => Promise<void>,
): Promise<void> {
  const old = await prependIdentity(system);
  await reseal();
  using _lock = await lockKey(system);
  const { identities } = await readKey(system) ?? { identities: [] };
  // Another process may have put yet another one before ours.
  const kept = identities.filter((one) => !includes(old, one));
  if (kept.length > 0) await writeKey(system, kept);
}

/** The identities that were there before. */
async function prependIdentity(system: System): Promise<readonly Secret[]> {
  using _lock = await lockKey(system);
  const { identities } = await readKey(system) ?? { identities: [] };
  await writeKey(system, [await newIdentity(), ...identities]);
  return identities;
}

function includes(identities: readonly Secret[], one: Secret): boolean {
  return identities.some((other) => other.reveal() === one.reveal());
}

async function readKey(system: System): Promise<Identities | undefined> {
  const path = system.paths().keyFile;
  const content = await system.privateFiles.read(path);
  if (content === undefined) return undefined;
  const text = settingsText(content);
  return { identities: identitiesIn(path, text, DAMAGED) };
}

const DAMAGED =
  "put it back from a backup; else delete it and log in again: standcloud sc-login";

async function newIdentity(): Promise<Secret> {
  const age = await import("./age_box.ts");
  return await age.newIdentity();
}

async function writeKey(
  system: System,
  identities: readonly Secret[],
): Promise<Identities> {
  const { keyFileText } = await import("./age_box.ts");
  const text = await keyFileText(identities, system.clock.now());
  await system.privateFiles.write(
    system.paths().keyFile,
    new TextEncoder().encode(text),
  );
  return { identities };
}

/**
 * Held alone while the key file is changed; shared, from reading the key to
 * writing what it seals, by everybody else. So nothing is ever left that is
 * sealed to an identity which has just been taken out.
 */
export async function lockKey(
  system: System,
  options: { shared?: boolean } = {},
): ReturnType<typeof lockFile> {
  const { clock, interrupted: signal, privateFiles } = system;
  const { keyFile } = system.paths();
  const lock = await lockFile(`${keyFile}.lock`, { clock, signal, ...options });
  if (!options.shared) await tidyKey(privateFiles, keyFile).catch(() => {});
  return lock;
}

/** Nothing is sealed to a key that a killed process has left beside the file. */
async function tidyKey(
  privateFiles: System["privateFiles"],
  keyFile: string,
): Promise<void> {
  for (const draft of await privateFiles.drafts(keyFile)) {
    await privateFiles.remove(draft);
  }
}
