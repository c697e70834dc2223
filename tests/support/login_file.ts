import { join } from "node:path";
import { newKeyFile, openBox, sealBox } from "../../src/tokens/age_box.ts";
import type { BoxKey } from "../../src/tokens/age_box.ts";
import { parseAddress } from "../../src/standcloud/address.ts";
import { Secret } from "../../src/system/secret.ts";
import { listing } from "./temporary_folder.ts";

/** The content of a login file, with the names it has there. */
export type LoginContent = Record<string, unknown>;

/** Where the login of an address lies. */
export function loginPath(home: string, address: string): string {
  return join(home, "logins", `${parseAddress(address).fileName}.age`);
}

export async function readLogin(
  home: string,
  address: string,
): Promise<LoginContent> {
  const box = await Deno.readFile(loginPath(home, address));
  return JSON.parse(await openBox(box, await keyOf(home)));
}

/** Every file of the program: a login that nobody accepted leaves none. */
export async function programFiles(home: string): Promise<string[]> {
  return (await listing(home)).map((line) => line.replace(/^\d+ /, ""))
    .filter((path) => path !== "logins");
}

/** Stored logins, and what a write may have left of one, without key and locks. */
export async function loginFiles(home: string): Promise<string[]> {
  return (await programFiles(home))
    .filter((path) => !/^(?:key\.txt|.*\.lock)$/.test(path));
}

/** A browser login that is good for an hour, with the names that it has in its file. */
export function loginContent(
  address: string,
  changes: LoginContent = {},
): LoginContent {
  return {
    version: 1,
    address,
    flow: "browser",
    "access_token": "access",
    "refresh_token": "refresh",
    "token_type": "bearer",
    "expires_at": secondsAhead(3600),
    scope: "offline_access",
    "obtained_at": secondsAhead(0),
    ...changes,
  };
}

/** Replaces the login file, and makes the stand's key when there is none. */
export async function writeLogin(
  home: string,
  address: string,
  content: LoginContent,
): Promise<void> {
  await Deno.mkdir(join(home, "logins"), { recursive: true, mode: 0o700 });
  const box = await sealBox(JSON.stringify(content), await keyOf(home));
  await Deno.writeFile(loginPath(home, address), box, { mode: 0o600 });
}

export async function changeLogin(
  home: string,
  address: string,
  changes: LoginContent,
): Promise<void> {
  const before = await readLogin(home, address);
  await writeLogin(home, address, { ...before, ...changes });
}

/** An `expires_at` that lies so many seconds ahead. */
export function secondsAhead(seconds: number): string {
  return new Date(Date.now() + seconds * 1000).toISOString();
}

/** Of a login whose access token lives for an hour, and has so many seconds left. */
export function secondsLeft(seconds: number): LoginContent {
  return {
    "obtained_at": secondsAhead(seconds - 3600),
    "expires_at": secondsAhead(seconds),
  };
}

async function keyOf(home: string): Promise<BoxKey> {
  const path = join(home, "key.txt");
  const text = await Deno.readTextFile(path).catch(async () => {
    const made = await newKeyFile(new Date());
    await Deno.writeTextFile(path, made, { mode: 0o600 });
    return made;
  });
  return { identities: [new Secret(text.trim().split("\n").at(-1) ?? "")] };
}
