import { AppError } from "../system/app_error.ts";
import { isStdin } from "../system/terminal.ts";
import { Secret } from "../system/secret.ts";
import { settingsText } from "../system/settings_text.ts";
import type { System } from "../system/system.ts";
import type { Service } from "../standcloud/service.ts";
import type { ApiKeyLogin } from "../tokens/login.ts";
import { replaceLogin, storedLogin } from "../tokens/replace_login.ts";
import type { TokenStore } from "../tokens/token_store.ts";
import { checkConnection } from "./check_connection.ts";
import type { KeptLogin } from "./keep_login.ts";

const SIZE_LIMIT = 64 * 1024;

export interface ApiKeyOptions {
  readonly apiKey: Secret;
  readonly store: TokenStore;
  /** Store it even if it is stored already. */
  readonly force: boolean;
}

export interface KeyedLogin extends KeptLogin {
  /** It was stored before; nothing was written. */
  readonly already: boolean;
}

/**
 * Stores an API key as the login, once StandCloud has accepted it.
 *
 * @throws `login_refused`
 */
export async function logInWithApiKey(
  system: System,
  service: Service,
  { apiKey, store, force }: ApiKeyOptions,
): Promise<KeyedLogin> {
  const bearer = (rejected?: Secret) =>
    rejected === undefined ? Promise.resolve(apiKey) : Promise.reject(
      new AppError(
        "login_refused",
        `${service.address.text} refuses the API key`,
        { hints: ["make a new API key in StandCloud's settings"] },
      ),
    );
  await checkConnection(service, bearer, system.interrupted);
  const stored = force ? undefined : await storedLogin(store, service.address);
  const isStored = stored?.flow === "api-key" &&
    stored.apiKey.reveal() === apiKey.reveal();
  if (isStored) return { login: stored, already: true };
  const login: ApiKeyLogin = {
    address: service.address.text,
    flow: "api-key",
    apiKey,
    obtainedAt: system.clock.now(),
  };
  const replaced = await replaceLogin(store, service.address, login);
  return { login, already: false, replaced };
}

/**
 * @param path a file, or "-" for stdin: a key never travels as an argument.
 * @param warn told where others can read the file.
 * @throws `input_unreadable`, `store_unsafe`
 */
export async function readApiKey(
  system: System,
  path: string,
  { warn }: { warn: (message: string) => void },
): Promise<Secret> {
  const content = isStdin(path)
    ? await system.terminal.readStdin(SIZE_LIMIT)
    : await system.inputFiles.read(path, SIZE_LIMIT, { onExposed: warn });
  const apiKey = keyIn(settingsText(content));
  if (apiKey !== undefined) return apiKey;
  throw new AppError("input_unreadable", `"${path}" holds no API key`, {
    hints: ["the file must hold the key and nothing else"],
  });
}

/** @throws `usage` when what the person has typed can be no key. */
export async function askApiKey(
  { terminal }: System,
  { address }: Service,
): Promise<Secret> {
  const typed = await terminal.askSecret(`API key of ${address.text}`);
  const apiKey = keyIn(typed.reveal());
  if (apiKey !== undefined) return apiKey;
  throw new AppError("usage", "That is no API key", {
    hints: ["copy the key as a whole, or give a file: --api-key-file PATH"],
  });
}

/** What is not a bearer token (RFC 6750 section 2.1) cannot be sent. */
function keyIn(text: string): Secret | undefined {
  const key = text.trim();
  return /^[\w.~+/-]+=*$/.test(key) ? new Secret(key) : undefined;
}
