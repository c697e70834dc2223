import { join, resolve } from "node:path";
import { AppError, messageOf } from "../system/app_error.ts";
import { DiskFault } from "../system/disk_fault.ts";
import type { ReadOptions } from "../system/read_input.ts";
import { onceEach } from "../system/secret_files.ts";
import { Secret } from "../system/secret.ts";
import { settingsText } from "../system/settings_text.ts";
import type { System } from "../system/system.ts";
import type { BoxKey } from "./age_box.ts";
import { identitiesIn, keyUnreadable } from "./key_file.ts";
import type { KeySource } from "./key_source.ts";
import { ownKeyFile } from "./own_key_file.ts";

/** Far above any key file or passphrase. */
const SIZE_LIMIT = 64 * 1024;

/**
 * The first that is given: `--key-file`, `STANDCLOUD_KEY_FILE`,
 * `$CREDENTIALS_DIRECTORY/standcloud-key` (systemd), a passphrase from the
 * environment, a file or the terminal; else the stand's own key file.
 *
 * @param options.noInput never ask for a passphrase.
 * @param options.warn told where others can read a given file.
 */
export async function findKeySource(
  system: System,
  keyFile: string | undefined,
  { noInput = false, warn = () => {} }: KeySourceOptions = {},
): Promise<KeySource> {
  const onExposed = onceEach(warn);
  const [first, ...rest] = [
    ...await givenKeyFiles(system, keyFile, { onExposed }),
    ...passphrases(system, { noInput, onExposed }),
  ];
  if (first === undefined) return ownKeyFile(system);
  // Without a home there is no key of the stand's own.
  const others = [...rest, ownKeyFile(system)];
  return {
    ...first,
    others: async () => {
      const found = await Promise.all(others.map(async (other) => {
        const key = await other.key().catch((error) => {
          // A key that the disk does not give now may be the right one.
          if (error instanceof DiskFault && !error.isForbidden) throw error;
          return undefined;
        });
        return key && { name: other.name, key };
      }));
      return found.filter((one) => one !== undefined);
    },
  };
}

export interface KeySourceOptions {
  readonly noInput?: boolean | undefined;
  readonly warn?: ((message: string) => void) | undefined;
}

/** What reading a given file needs. */
type Exposure = Required<Pick<ReadOptions, "onExposed">>;

/** A key that is somebody else's to change. */
type GivenKey = Pick<KeySource, "name" | "key">;

function given({ name, key }: GivenKey): KeySource {
  const keyForSealing = key as () => Promise<BoxKey>;
  const others = () => Promise.resolve([]);
  return { name, key, keyForSealing, others, replace: (reseal) => reseal() };
}

async function givenKeyFiles(
  system: System,
  flag: string | undefined,
  exposure: Exposure,
): Promise<KeySource[]> {
  const { environment } = system;
  const paths = [flag, environment.get("STANDCLOUD_KEY_FILE")]
    .filter((path) => path !== undefined);
  const credentials = environment.get("CREDENTIALS_DIRECTORY");
  if (credentials !== undefined) {
    const credential = join(credentials, "standcloud-key");
    if (await exists(system, credential)) paths.push(credential);
  }
  return paths.map((path) => keyFileAt(system, path, exposure));
}

function keyFileAt(
  system: System,
  path: string,
  exposure: Exposure,
): KeySource {
  if (isOwn(system, path)) return ownKeyFile(system);
  return given({
    name: path,
    key: async () => ({
      identities: identitiesIn(path, await readGiven(system, path, exposure)),
    }),
  });
}

/** Whoever names the stand's own key file means the key that the program made. */
function isOwn(system: System, path: string): boolean {
  try {
    return resolve(path) === resolve(system.paths().keyFile);
  } catch {
    return false;
  }
}

function passphrases(
  system: System,
  { noInput, onExposed }: Exposure & { noInput: boolean },
): KeySource[] {
  const { environment } = system;
  const variable = environment.secret("STANDCLOUD_PASSPHRASE");
  const path = environment.get("STANDCLOUD_PASSPHRASE_FILE");
  const found: KeySource[] = [];
  if (variable !== undefined) {
    const key = () => Promise.resolve({ passphrase: variable });
    found.push(given({ name: "STANDCLOUD_PASSPHRASE", key }));
  }
  if (path === "-") found.push(askedPassphrase(system, noInput));
  else if (path !== undefined) {
    const key = async () => ({
      passphrase: await firstLine(system, path, { onExposed }),
    });
    found.push(given({ name: path, key }));
  }
  return found;
}

/** Asked for once, when it is needed; a new one twice, since a typing error would lose the logins. */
function askedPassphrase(system: System, noInput: boolean): KeySource {
  let asked: Promise<BoxKey> | undefined;
  const ask = async (isNew: boolean) => {
    if (noInput) throw notAsked("it would have to be asked for (--no-input)");
    const passphrase = await askFor(
      system,
      "Passphrase of this stand's logins",
    );
    if (!isNew) return { passphrase };
    const again = await askFor(system, "The same passphrase again");
    if (again.reveal() === passphrase.reveal()) return { passphrase };
    throw notAsked("the two passphrases are different");
  };
  const source = given({
    name: "passphrase",
    key: () => asked ??= isFirst(system).then(ask),
  });
  const replace = async (reseal: () => Promise<void>) => {
    await (asked ??= ask(true));
    await reseal();
  };
  return { ...source, replace };
}

async function askFor(system: System, message: string): Promise<Secret> {
  const { terminal } = system;
  if (!terminal.stdinIsTerminal) {
    throw notAsked("there is no terminal to ask on");
  }
  const answer = await terminal.askSecret(message);
  if (answer.reveal() !== "") return answer;
  throw notAsked("it is empty");
}

async function isFirst(system: System): Promise<boolean> {
  const names = await system.privateFiles.list(system.paths().loginsFolder);
  return !names.some((name) => name.endsWith(".age"));
}

function notAsked(why: string): AppError {
  return new AppError("key_unreadable", `Cannot use a passphrase: ${why}`, {
    hints: [
      "set STANDCLOUD_PASSPHRASE, or STANDCLOUD_PASSPHRASE_FILE to a file",
    ],
  });
}

async function firstLine(
  system: System,
  path: string,
  exposure: Exposure,
): Promise<Secret> {
  const hint = "write the passphrase into its first line";
  const text = await readGiven(system, path, { ...exposure, hint });
  const line = text.split(/\r?\n/, 1)[0] ?? "";
  if (line === "") throw keyUnreadable(path, "it is empty", hint);
  // Two passphrases that are no text would read the same.
  if (!line.includes("\ufffd")) return new Secret(line);
  throw keyUnreadable(path, "it is not a UTF-8 text", hint);
}

async function readGiven(
  system: System,
  path: string,
  { onExposed, hint }: Exposure & { hint?: string },
): Promise<string> {
  try {
    const options = { onExposed };
    const content = await system.inputFiles.read(path, SIZE_LIMIT, options);
    return settingsText(content);
  } catch (error) {
    const isUnsafe = error instanceof AppError && error.code === "store_unsafe";
    if (isUnsafe) throw error;
    throw keyUnreadable(path, messageOf(error), hint);
  }
}

async function exists(system: System, path: string): Promise<boolean> {
  return await system.inputFiles.find(path, { accepts: () => false })
    .then((found) => found.length > 0, () => false);
}
