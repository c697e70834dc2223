import { join } from "node:path";
import { AppError } from "../system/app_error.ts";
import { lockFile } from "../system/file_lock.ts";
import type { System } from "../system/system.ts";
import { type Address, parseAddress } from "../standcloud/address.ts";
import { type BoxKey, openBox, recipientOf } from "./age_box.ts";
import { BOX_PROBLEMS, boxProblem } from "./box_problem.ts";
import { HANDED_TO } from "./hand_over.ts";
import type { KeySource } from "./key_source.ts";
import { type Login, type OAuthLogin, parseLogin } from "./login.ts";
import { replaceLogin } from "./replace_login.ts";
import type { TokenStore } from "./token_store.ts";

export interface TakeOverOptions {
  /** What the user calls the file. */
  readonly name: string;
  readonly store: TokenStore;
  readonly keys: KeySource;
  /** The only address to take a login over for, if any was given. */
  readonly address: string | undefined;
  /** Tests the login before it is stored; returns it, perhaps renewed. */
  prove(login: Login): Promise<Login>;
}

/**
 * Stores the login of a file that `handOver()` wrote for this stand; each file
 * is taken over once.
 *
 * @throws `login_refused` with the reason.
 */
export async function takeOver(
  system: System,
  box: Uint8Array<ArrayBuffer>,
  options: TakeOverOptions,
): Promise<{ login: Login; replaced: OAuthLogin | undefined }> {
  const login = await read(box, options);
  const address = requireAddress(login.address, options.name);
  const path = join(system.paths().configFolder, "taken_over.txt");
  using _used = await lockFile(`${path}.lock`, { clock: system.clock });
  const used = await usedFiles(system, path);
  const digest = await digestOf(box);
  if (used.includes(digest)) {
    throw refused(options.name, "it has been taken over before");
  }
  const proven = await options.prove(login);
  // Saved first: one that is cut off here can be run again, and saves the same.
  const replaced = await replaceLogin(options.store, address, proven);
  await system.privateFiles.write(
    path,
    new TextEncoder().encode(
      [...used, digest].slice(-USED_LIMIT).map((line) => `${line}\n`).join(""),
    ),
  );
  return { login: proven, replaced };
}

/** What comes with a file is not believed to be an address. */
function requireAddress(text: string, name: string): Address {
  try {
    const address = parseAddress(text);
    if (address.text === text) return address;
  } catch {
    // Said below.
  }
  throw refused(name, "it holds no address of a StandCloud");
}

/** Older ones are dead: their refresh tokens have been used, or have expired. */
const USED_LIMIT = 1000;

async function usedFiles(system: System, path: string): Promise<string[]> {
  const content = await system.privateFiles.read(path);
  const text = new TextDecoder().decode(content ?? new Uint8Array());
  return text.split("\n").filter((line) => line !== "");
}

async function digestOf(box: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", box)).toHex();
}

async function read(
  box: Uint8Array,
  { name, keys, address }: TakeOverOptions,
): Promise<Login> {
  const form = boxProblem(box);
  if (form !== undefined) throw refused(name, BOX_PROBLEMS[form]);
  const text = await open(box, name, keys);
  const login = parseLogin(text);
  // A copy of a login file would bring back a login that has been renewed since.
  if (login === undefined || JSON.parse(text)[HANDED_TO] === undefined) {
    throw refused(name, "it is no login that was written with --for");
  }
  if (address !== undefined && login.address !== address) {
    throw refused(name, `it holds a login to ${login.address}`);
  }
  return login;
}

async function open(
  box: Uint8Array,
  name: string,
  keys: KeySource,
): Promise<string> {
  const others = await keys.others();
  const own = [await keys.key(), ...others.map(({ key }) => key)]
    .filter((key) => key !== undefined);
  let problem = "";
  for (const key of own) {
    try {
      return await openBox(box, key);
    } catch (error) {
      if (error instanceof AppError) throw error;
      problem ||= error instanceof Error ? error.message : "";
    }
  }
  const isForOther = own.length === 0 || /no identity matched/.test(problem);
  throw refused(
    name,
    isForOther
      ? `it was written for another stand (this one is ${await nameOf(own)})`
      : "it is damaged, or was changed on its way",
  );
}

async function nameOf(keys: readonly BoxKey[]): Promise<string> {
  for (const key of keys) {
    if ("identities" in key) return await recipientOf(key.identities);
  }
  return "without a key";
}

function refused(name: string, why: string): AppError {
  return new AppError("login_refused", `Cannot take over "${name}": ${why}`, {
    hints: [
      "where there is a network: standcloud sc-login ADDRESS --for RECIPIENT --output FILE; standcloud key prints the RECIPIENT of this stand",
    ],
  });
}
