import { AppError } from "../system/app_error.ts";
import type { KeyedLogin } from "../login/api_key_login.ts";
import type { KeptLogin } from "../login/keep_login.ts";
import type { LoginFlags } from "./login_flags.ts";
import type { CommandInput } from "./command_input.ts";
import type { Session } from "../stand/stand.ts";

/** Takes an API key from `--api-key-file`, or from the person at the terminal. */
export async function signInWithApiKey(
  { system, flags, output }: CommandInput<LoginFlags>,
  { service, store }: Session,
  force = flags.force ?? false,
): Promise<KeyedLogin> {
  const { askApiKey, logInWithApiKey, readApiKey } = await import(
    "../login/api_key_login.ts"
  );
  const path = flags.apiKeyFile;
  if (
    path === undefined && (flags.noInput || !system.terminal.stdinIsTerminal)
  ) {
    throw new AppError(
      "usage",
      flags.noInput
        ? "--no-input forbids to ask for the API key"
        : "There is no terminal to ask for the API key",
      { hints: ["give it with --api-key-file PATH, or - for stdin"] },
    );
  }
  const apiKey = path === undefined
    ? await askApiKey(system, service)
    : await readApiKey(system, path, {
      warn: (message) => output.warn(message),
    });
  return await logInWithApiKey(system, service, { apiKey, store, force });
}

/** Signs a person in with the flow that was chosen, or else with one that works here. */
export async function signIn(
  input: CommandInput<LoginFlags>,
  session: Session,
): Promise<KeptLogin> {
  const { system, output, flags } = input;
  const { flow = "auto" } = flags;
  if (flow === "device") return await withDevice(input, session);
  const surroundings = await system.surroundings();
  const { withoutBrowser } = surroundings;
  // Who names a port has a way for the answer to come here.
  const isAuto = flow === "auto" && !flags.noBrowser &&
    flags.port === undefined;
  if (isAuto && withoutBrowser !== undefined) {
    output.detail(`No browser can be opened for you: ${withoutBrowser}`);
    try {
      return await withDevice(input, session);
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      output.note(
        `note: ${error.message}: open a page yourself, or use an API key: --flow api-key`,
      );
    }
  }
  const { browserSignIn } = await import("./browser_sign_in.ts");
  return await browserSignIn(input, session, surroundings);
}

async function withDevice(
  input: CommandInput<LoginFlags>,
  session: Session,
): Promise<KeptLogin> {
  const { deviceSignIn } = await import("./device_sign_in.ts");
  return await deviceSignIn(input, session);
}

function isUnavailable(error: unknown): error is AppError {
  return error instanceof AppError && error.code === "flow_unavailable";
}
