import { AppError } from "../system/app_error.ts";
import { isStdin } from "../system/terminal.ts";
import { Secret } from "../system/secret.ts";
import type { System } from "../system/system.ts";
import type { Service } from "../standcloud/service.ts";
import type { ApiKeyLogin } from "../tokens/login.ts";
import type { TokenStore } from "../tokens/token_store.ts";
import { checkConnection } from "./check_connection.ts";

const SIZE_LIMIT = 64 * 1024;

/**
 * Stores an API key as the login, once StandCloud has accepted it.
 *
 * @param path a file, or "-" for stdin: a key never travels as an argument.
 */
export async function logInWithApiKey(
  system: System,
  service: Service,
  options: { path: string; store: TokenStore },
): Promise<ApiKeyLogin> {
  const apiKey = await readKey(system, options.path);
  const bearer = (rejected?: Secret) =>
    rejected === undefined ? Promise.resolve(apiKey) : Promise.reject(
      new AppError(
        "login_refused",
        `${service.address.text} refuses the API key`,
        { hints: ["make a new API key in StandCloud's settings"] },
      ),
    );
  await checkConnection(service, bearer, system.interrupted);
  const login: ApiKeyLogin = {
    address: service.address.text,
    flow: "api-key",
    apiKey,
    obtainedAt: system.clock.now(),
  };
  using _lock = await options.store.lock(service.address);
  await options.store.save(service.address, login);
  return login;
}

async function readKey(system: System, path: string): Promise<Secret> {
  const content = isStdin(path)
    ? await system.terminal.readStdin(SIZE_LIMIT)
    : await system.inputFiles.read(path, SIZE_LIMIT);
  const text = new TextDecoder().decode(content).trim();
  // What is not a bearer token (RFC 6750 section 2.1) cannot be sent.
  if (/^[\w.~+/-]+=*$/.test(text)) return new Secret(text);
  throw new AppError("input_unreadable", `"${path}" holds no API key`, {
    hints: ["the file must hold the key and nothing else"],
  });
}
